"""The lists of a TikTok archive and what their fields mean. Names are English in every language of the app.

Sections were renamed in 2024 and fields lost their capitals; so a list is known by its own name, wherever it lies,
and a text file by the name that the same list has there. A list whose name says too little is known with the one above.
"""

from __future__ import annotations

import re

from importers.formats.named_fields import Shape
from importers.records import Kind

_NOTHING = frozenset({"none", "n/a", "null"})
_LINK = ("Link", "VideoLink", "EffectLink", "HashtagLink", "url")
_FOLDED = re.compile(r"[\s_+-]+")

OTHER = Shape(
    Kind.OTHER, "other", time=("Date", "CreateTime", "send_time", "browsing_date", "TimeStamp", "Time"),
    title=("Title", "Name", "UserName", *_LINK), text=("Comment", "Content"), nothing=_NOTHING,
)  # fmt: skip
"""What a list means that nobody has described."""

SETTING = Shape(Kind.SETTING, "setting", title=("userName", "App Language"), nothing=_NOTHING)
"""Fields that stand by themselves, in no list."""


def _bookmark(what: str) -> Shape:
    return Shape(Kind.BOOKMARK, what, time=("Date",), title=_LINK, key=_LINK, nothing=_NOTHING)


def _people(kind: Kind, what: str) -> Shape:
    return Shape(
        kind, what, time=("Date",), title=("UserName",), party=("UserName",), user=("UserName",), key=("UserName",),
        nothing=_NOTHING,
    )  # fmt: skip


_WATCHED = Shape(Kind.WATCH, "watch", time=("Date",), title=_LINK, key=_LINK, nothing=_NOTHING)
_POSTED = Shape(
    Kind.POST, "post", time=("Date",), title=("Title",), text=("AddYoursText",), key=_LINK, nothing=_NOTHING
)
_SHAPES = {
    ("videobrowsinghistory",): _WATCHED,
    ("watchhistory",): _WATCHED,
    ("browsinghistory",): _WATCHED,
    ("itemfavoritelist", "likelist"): Shape(
        Kind.REACTION, "like", time=("Date",), title=_LINK, key=_LINK, nothing=_NOTHING
    ),
    ("favoritevideolist", "favoritevideos"): _bookmark("favorite-video"),
    ("favoritesoundlist", "favoritesounds"): _bookmark("favorite-sound"),
    ("favoritehashtaglist", "favoritehashtags"): _bookmark("favorite-hashtag"),
    ("favoriteeffectslist", "favoriteeffectlist", "favoriteeffects"): _bookmark("favorite-effect"),
    ("favoritecollectionlist", "favoritecollection"): _bookmark("favorite-collection"),
    ("searchlist", "searchhistory", "searches"): Shape(
        Kind.SEARCH, "search", time=("Date",), title=("SearchTerm",), key=("SearchTerm",), nothing=_NOTHING
    ),
    ("sharehistorylist", "sharehistory"): Shape(
        Kind.REACTION, "share", time=("Date",), title=_LINK, key=(*_LINK, "Method"), nothing=_NOTHING
    ),
    ("loginhistorylist", "loginhistory"): Shape(
        Kind.SIGN_IN, "login", time=("Date",), title=("IP",), party=("DeviceModel",), role="device",
        key=("IP", "DeviceModel", "NetworkType"), nothing=_NOTHING,
    ),
    ("fanslist", "follower", "followerlist"): _people(Kind.OTHER, "follower"),
    ("following", "followinglist"): _people(Kind.SUBSCRIPTION, "following"),
    ("blocklist", "block"): _people(Kind.REACTION, "block"),
    ("hashtaglist",): Shape(
        Kind.OTHER, "hashtag", title=("HashtagName",), key=("HashtagName", "HashtagLink"), nothing=_NOTHING
    ),
    ("commentslist", "comments"): Shape(
        Kind.POST, "comment", time=("Date",), text=("Comment",), key=("Comment",), nothing=_NOTHING
    ),
    ("videos",): _POSTED,
    ("posts",): _POSTED,
    ("postlist", "recentlydeletedposts"): Shape(
        Kind.POST, "deleted-post", time=("Date",), title=("Title",), key=_LINK, nothing=_NOTHING
    ),
    ("sendgifts",): Shape(
        Kind.PURCHASE, "gift-sent", time=("Date",), title=("GiftAmount",), party=("UserName",), user=("UserName",),
        role="to", key=("UserName", "GiftAmount"), nothing=_NOTHING,
    ),
    ("buygifts",): Shape(
        Kind.PURCHASE, "gift-bought", time=("Date",), title=("Price",), key=("Price",), nothing=_NOTHING
    ),
    ("usagedatalist", "offtiktokactivitydatalist", "offtiktokactivity"): Shape(
        Kind.OTHER, "off-tiktok", time=("TimeStamp",), title=("Event",), party=("Source",), key=("Source", "Event"),
        nothing=_NOTHING,
    ),
    ("productbrowsinghistories",): Shape(
        Kind.PAGE_VISIT, "product", time=("browsing_date",), title=("product_name",), party=("shop_name",),
        key=("product_name", "shop_name"), nothing=_NOTHING,
    ),
    ("communicationhistories",): Shape(
        Kind.MESSAGE, "shop-message", time=("send_time",), text=("content",), party=("shop_name",),
        key=("shop_name", "direction", "content"), nothing=_NOTHING,
    ),
    ("shoppingcart", "shoppingcartlist"): Shape(
        Kind.BOOKMARK, "cart", time=("CreateTime",), title=("ProductName",), party=("ShopName",),
        key=("ProductName", "ShopName"), nothing=_NOTHING,
    ),
    ("orderhistories", "orderhistory"): Shape(Kind.PURCHASE, "order", time=("order_date", "CreateTime", "Date"),
        title=("product_name", "ProductName"), nothing=_NOTHING),
    ("statuslist", "status"): Shape(Kind.DEVICE, "device", title=("Web ID", "Android ID"), nothing=_NOTHING),
}  # fmt: skip
_BY_NAME = {name: shape for names, shape in _SHAPES.items() for name in names}

CHAT = Shape(
    Kind.MESSAGE, "message", time=("Date",), text=("Content", "comment"), party=("From",), user=("From",), role="from",
    key=("From", "Content", "comment", "conversation"), nothing=_NOTHING,
)  # fmt: skip
"""A message; ``comment`` is its older name."""

INTERESTS = Shape(Kind.INFERENCE, "ad-interests", title=("AdInterestCategories",), nothing=_NOTHING)
"""What TikTok takes the person to be interested in."""

LIVE = Shape(Kind.WATCH, "live", time=("WatchTime",), title=("Link",), key=("Link",), nothing=_NOTHING)
LIVE_COMMENT = Shape(
    Kind.POST, "live-comment", time=("CommentTime", "QuestionTime"), text=("CommentContent", "QuestionContent"),
    nothing=_NOTHING,
)  # fmt: skip


def folded(name: str) -> str:
    """A name without case, spaces and underscores."""
    return _FOLDED.sub("", name).casefold()


def of_list(path: tuple[str, ...]) -> Shape | None:
    """What the records of a list are, by its name or the one above; None when nobody has described it."""
    names = list(map(folded, path))
    return next((_BY_NAME[name] for name in reversed(names) if name in _BY_NAME), None)
