"""The tables of a LinkedIn archive: their columns and what those mean. Headers are English in every language.

Files are told by their header; those whose header says too little (``Skills.csv`` has one column, ``Name``) by their
name, which changes its spaces and underscores by year and may end with a number (``Comments_34875879.csv``).
"""

from __future__ import annotations

import re

from importers.formats.named_fields import Shape, american_moment, moment
from importers.formats.named_tables import Table
from importers.records import Kind, Moment, Precision

BESIDE = (
    "**/Connections.csv",
    "**/Positions.csv",
    "**/Registration.csv",
    "**/SearchQueries.csv",
    "**/Company Follows.csv",
)
"""Neighbours that tell an archive of LinkedIn."""

_YEAR = re.compile(r"(?:19|20)\d\d\Z")


def career_moment(text: str) -> Moment | None:
    """``Jan 2020`` or ``2020``, besides everything that other tables write."""
    found = moment(text)
    if found is None and _YEAR.match(text):
        january = moment(f"{text}-01-01")
        return Moment(january.us, None, Precision.YEAR) if january else None
    return found


ACTIVITY = (
    Table(("Shares",), ("Date", "ShareLink", "ShareCommentary"), Shape(
        Kind.POST, "share", time=("Date",), text=("ShareCommentary",), key=("ShareLink", "ShareCommentary"),
    )),
    Table(("Comments",), ("Date", "Link", "Message"), Shape(
        Kind.POST, "comment", time=("Date",), text=("Message",), key=("Link", "Message"),
    )),
    Table(("Reactions",), ("Date", "Type", "Link"), Shape(
        Kind.REACTION, "reaction", time=("Date",), title=("Type",), key=("Link",),
    )),
    Table(("Votes",), ("Date", "Link", "OptionText"), Shape(
        Kind.REACTION, "vote", time=("Date",), title=("OptionText",), key=("Link", "OptionText"),
    )),
    Table(("InstantReposts", "Instant Reposts"), ("Date", "Link"), Shape(
        Kind.REACTION, "repost", time=("Date",), key=("Link",),
    ), telling=False),
    Table(("Rich Media", "Rich_Media"), ("Date/Time", "Media Description", "Media Link"), Shape(
        Kind.POST, "media", time=("Date/Time",), text=("Media Description",), key=("Media Link",),
        clock=american_moment,
    )),
    Table(("Events",), ("Event Name", "Event Time", "Status"), Shape(
        Kind.EVENT, "event", time=("Event Time",), title=("Event Name",), key=("Event Name",), clock=american_moment,
    )),
)  # fmt: skip

SAVED = (
    Table(("Saved_Items",), ("savedItem", "CreatedTime"), Shape(
        Kind.BOOKMARK, "saved", time=("CreatedTime",), title=("savedItem",), key=("savedItem",), clock=american_moment,
    )),
    Table(("Saved Jobs",), ("Saved Date", "Job Url", "Job Title"), Shape(
        Kind.BOOKMARK, "saved-job", time=("Saved Date",), title=("Job Title",), party=("Company Name",),
        key=("Job Url",), clock=american_moment,
    )),
    Table(("Job Applications",), ("Application Date", "Company Name", "Job Title"), Shape(
        Kind.EVENT, "job-application", time=("Application Date",), title=("Job Title",), party=("Company Name",),
        key=("Job Url", "Job Title", "Company Name"), clock=american_moment,
    )),
    Table(("Learning",), ("Content Title", "Content Description", "Content Type"), Shape(
        Kind.WATCH, "learning", time=("Content Last Watched Date (if viewed)", "Content Completed At (if completed)"),
        title=("Content Title",), text=("Content Description",), key=("Content Title", "Content Type"),
        clock=american_moment, nothing=frozenset({"n/a"}),
    )),
    Table(("Notes",), ("Connection First Name", "Note", "Created On"), Shape(
        Kind.NOTE, "note", time=("Created On",), text=("Note",),
        party=("Connection First Name", "Connection Last Name"),
        user=("Connection Profile URL",), handle="url", key=("Connection Profile URL", "Note"), clock=american_moment,
    )),
)  # fmt: skip

CAREER = (
    Table(("Positions",), ("Company Name", "Title", "Started On", "Finished On"), Shape(
        Kind.OTHER, "position", time=("Started On",), end=("Finished On",), title=("Title",), text=("Description",),
        party=("Company Name",), key=("Company Name", "Title"), clock=career_moment,
    )),
    Table(("Education",), ("School Name", "Start Date", "End Date", "Degree Name"), Shape(
        Kind.OTHER, "education", time=("Start Date",), end=("End Date",), title=("Degree Name",), text=("Notes",),
        party=("School Name",), key=("School Name", "Degree Name"), clock=career_moment,
    )),
    Table(("Certifications",), ("Name", "Authority", "License Number"), Shape(
        Kind.OTHER, "certification", time=("Started On",), end=("Finished On",), title=("Name",), party=("Authority",),
        key=("Name", "Authority"), clock=career_moment,
    )),
    Table(("Skills", "Languages", "Projects", "Honors", "Courses", "Publications", "Patents", "Organizations",
           "Volunteering", "Causes", "Test Scores"), (), Shape(
        Kind.OTHER, "career", time=("Started On", "Issued On", "Published On"), end=("Finished On",),
        title=("Name", "Title", "Role", "Cause"), text=("Description",), clock=career_moment,
    ), telling=False, listed=True),
    Table(("Email Addresses",), ("Email Address", "Confirmed", "Primary", "Updated On"), Shape(
        Kind.SETTING, "email", time=("Updated On",), title=("Email Address",), key=("Email Address",),
        clock=american_moment, nothing=frozenset({"not available"}),
    )),
    Table(("PhoneNumbers", "Phone Numbers", "Whatsapp Phone Numbers"), ("Number", "Type"), Shape(
        Kind.SETTING, "phone", title=("Number",), key=("Number",),
    ), telling=False),
)  # fmt: skip

PEOPLE = (
    Table(("Company Follows",), ("Organization", "Followed On"), Shape(
        Kind.SUBSCRIPTION, "company-follow", time=("Followed On",), title=("Organization",), party=("Organization",),
        key=("Organization",),
    )),
    Table(("Member_Follows",), ("Date", "Status", "FullName"), Shape(
        Kind.SUBSCRIPTION, "member-follow", time=("Date",), title=("FullName",), party=("FullName",),
        key=("FullName", "Status"),
    )),
    Table(("Endorsement_Received_Info",), ("Endorsement Date", "Skill Name", "Endorser First Name"), Shape(
        Kind.REVIEW, "endorsement-received", time=("Endorsement Date",), title=("Skill Name",), role="from",
        party=("Endorser First Name", "Endorser Last Name"), user=("Endorser Public Url",), handle="url",
        key=("Skill Name", "Endorser First Name", "Endorser Last Name"),
    )),
    Table(("Endorsement_Given_Info",), ("Endorsement Date", "Skill Name", "Endorsee First Name"), Shape(
        Kind.REVIEW, "endorsement-given", time=("Endorsement Date",), title=("Skill Name",), role="to",
        party=("Endorsee First Name", "Endorsee Last Name"), user=("Endorsee Public Url",), handle="url",
        key=("Skill Name", "Endorsee First Name", "Endorsee Last Name"),
    )),
    Table(("Recommendations_Given",), ("First Name", "Last Name", "Text", "Creation Date"), Shape(
        Kind.REVIEW, "recommendation-given", time=("Creation Date",), text=("Text",), role="to", title=("Job Title",),
        party=("First Name", "Last Name"), key=("First Name", "Last Name", "Text"), clock=american_moment,
    ), telling=False),
    Table(("Recommendations_Received", "Recommendations"), ("First Name", "Last Name", "Text", "Creation Date"), Shape(
        Kind.REVIEW, "recommendation-received", time=("Creation Date",), text=("Text",), role="from",
        title=("Job Title",), party=("First Name", "Last Name"), key=("First Name", "Last Name", "Text"),
        clock=american_moment,
    )),
)  # fmt: skip

SECURITY = (
    Table(("Logins",), ("Login Date", "IP Address", "User Agent"), Shape(
        Kind.SIGN_IN, "login", time=("Login Date",), title=("IP Address",), key=("IP Address", "User Agent"),
    )),
    Table(("Security Challenges",), ("Challenge Date", "IP Address", "User Agent"), Shape(
        Kind.SIGN_IN, "challenge", time=("Challenge Date",), title=("Challenge Type",),
        key=("IP Address", "User Agent", "Challenge Type"),
    )),
    Table(("Registration",), ("Registered At", "Registration Ip"), Shape(
        Kind.CONSENT, "registration", time=("Registered At",), title=("Subscription Types",), key=("Registration Ip",),
        clock=american_moment,
    )),
)  # fmt: skip

SEARCHES = (
    Table(("SearchQueries", "Search Queries"), ("Time", "Search Query"), Shape(
        Kind.SEARCH, "search", time=("Time",), title=("Search Query",), key=("Search Query",),
    )),
)  # fmt: skip

ADS = (
    Table(("Inferences_about_you",), ("Category", "Type of inference", "Inference"), Shape(
        Kind.INFERENCE, "inference", title=("Type of inference",), text=("Description",),
        key=("Category", "Type of inference", "Inference"),
    )),
    Table(("Ads Clicked",), ("Ad clicked Date", "Ad Title/Id"), Shape(
        Kind.AD, "ad-click", time=("Ad clicked Date",), title=("Ad Title/Id",), key=("Ad Title/Id",),
        clock=american_moment,
    )),
    Table(("LAN Ads Engagement",), ("Date", "Action", "Ad Title/Id"), Shape(
        Kind.AD, "lan-ad", time=("Date",), title=("Ad Title/Id",), key=("Action", "Ad Title/Id", "Page/App"),
        clock=american_moment,
    )),
)  # fmt: skip

RECEIPTS = (
    Table(("Receipts", "Receipts v2"), ("Transaction Made At", "Total Amount", "Currency Code"), Shape(
        Kind.PURCHASE, "receipt", time=("Transaction Made At",), title=("Description",), amount=("Total Amount",),
        currency=("Currency Code",), key=("Invoice Number", "Description", "Total Amount"), clock=american_moment,
    )),
)  # fmt: skip

ANY = Shape(
    Kind.OTHER, "row", time=("Date", "Created On", "CreatedAt", "Time", "Updated On"), title=("Name", "Title"),
    clock=american_moment,
)  # fmt: skip
"""What a table means that nobody has described."""

LITTLE_KNOWN = (
    *("Hashtag_Follows*", "Hashtag Follows*", "*guide_messages", "*coach_messages", "learning_role_play_messages"),
    *("LearningCoachMessages", "Verifications", "Job Seeker Preferences", "SavedJobAlerts", "Saved Job Alerts"),
)
"""Tables of which little more than their name is known; they are claimed beside other files of LinkedIn only."""
