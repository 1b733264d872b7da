"""What tells an archive of Facebook from one of Instagram, where both write the same file."""

from __future__ import annotations

INSTAGRAM = (
    *("**/your_instagram_activity/**", "**/followers_and_following/**", "**/content/posts_*.json"),
    *("**/login_and_account_creation/**", "**/ads_information/instagram_ads_and_businesses/**", "**/content/stories.*"),
    *(
        "**/account_information/personal_information.*",
        "**/information_about_you/**",
        "**/story_sticker_interactions/**",
    ),
    *("**/apps_and_websites_off_of_instagram/**", "**/logged_information/recent_searches/**"),
)
"""Names that only Instagram's archives have."""

FACEBOOK = (
    *("**/your_facebook_activity/**", "**/your_activity_across_facebook/**", "**/friends_and_followers/**"),
    *("**/profile_information/profile_information.*", "**/comments_and_reactions/**", "**/pages_and_profiles/**"),
    *("**/apps_and_websites_off_of_facebook/**", "**/connections/friends/**", "**/your_interactions_on_facebook/**"),
    *("**/posts/your_posts*", "**/facebook_marketplace/**", "**/likes_and_reactions/**", "**/friends/friends.*"),
)
"""Names that only Facebook's archives have."""

EITHER = (*FACEBOOK, *INSTAGRAM, "**/messages/inbox/**", "**/messages/archived_threads/**", "**/messages/*_*.json")
"""Any of these archives, parts with nothing but messages included."""
