"""Invented archives that only teach names: forms of a file that the other inventions do not have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.grdf.test_gas import HEADER as TITLES
from tests.importers.archives import Files, database, workbook

READING: Sequence[object] = ["25/03/2023", 100, 103, "3,1", 34, 11.2, 9, "Mesuré"]


def gas(titles: Sequence[object], *rows: Sequence[object]) -> Files:
    """The gas distributor's workbook: its one sheet has this name whatever the length of the periods."""
    above = [("B1", ["Données informatives"]), ("C4", ["N° PCE :", "00000000000042"]), ("B9", titles)]
    lines = [*above, *((f"B{place}", row) for place, row in enumerate(rows, 10))]
    return {"classeur.xlsx": workbook({"Historique par mois": lines})}


def _electricity() -> Files:
    """The first sheet is one of words; the daily sheet calls its kWh kW."""
    meter = ("B8", ["Point Référence Mesure (PRM) : ", "00000000000031"])
    rows = [meter, ("B14", ["Date", "Valeur (en kW)"]), ("B15", ["15/07/2024", "25,247"])]
    words = [("B6", ["Mentions"])]
    return {"jours.xlsx": workbook({"Page d'accueil": words, "Export Consommation Quotidienne": rows})}


def _chromium() -> Files:
    """Tables and columns of its source that no importer describes."""
    return {
        "History": database(
            "CREATE TABLE urls (id INTEGER PRIMARY KEY, url, title, visit_count, typed_count, last_visit_time, hidden)",
            "CREATE TABLE visits (id INTEGER PRIMARY KEY, url, visit_time, from_visit, transition, segment_id,"
            " visit_duration, incremented_omnibox_typed_score, publicly_routable, external_referrer_url, visited_link_id,"
            " originator_cache_guid, originator_visit_id, originator_from_visit, originator_opener_visit,"
            " is_known_to_sync, consider_for_ntp_most_visited, app_id)",
            "CREATE TABLE keyword_search_terms (keyword_id, url_id, term, normalized_term)",
            "CREATE TABLE downloads (id INTEGER PRIMARY KEY, guid, current_path, target_path, start_time, received_bytes,"
            " total_bytes, state, danger_type, interrupt_reason, hash, end_time, opened, last_access_time, transient,"
            " referrer, site_url, embedder_download_data, tab_url, tab_referrer_url, http_method, by_ext_id,"
            " by_ext_name, by_web_app_id, etag, last_modified, mime_type, original_mime_type)",
            "CREATE TABLE downloads_url_chains (id, chain_index, url)",
            "CREATE TABLE meta (key, value)",
            *(
                f"CREATE TABLE {name} (unread)"
                for name in (
                    *("clusters", "clusters_and_visits", "cluster_keywords", "cluster_visit_duplicates"),
                    *("content_annotations", "context_annotations", "downloads_slices", "downloads_reroute_info"),
                    *("history_sync_metadata", "segments", "segment_usage", "typed_url_sync_metadata"),
                    *("visit_source", "visited_links"),
                )
            ),
        )
    }


def _firefox() -> Files:
    return {
        "places.sqlite": database(
            "CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url, title, rev_host, visit_count, hidden, typed, frecency,"
            " last_visit_date, guid, foreign_count, url_hash, description, preview_image_url, site_name, origin_id,"
            " recalc_frecency, alt_frecency, recalc_alt_frecency)",
            "CREATE TABLE moz_historyvisits (id INTEGER PRIMARY KEY, from_visit, place_id, visit_date, visit_type, session,"
            " source, triggeringPlaceId)",
            "CREATE TABLE moz_bookmarks (id INTEGER PRIMARY KEY, type, fk, parent, position, title, keyword_id, folder_type,"
            " dateAdded, lastModified, guid, syncStatus, syncChangeCounter)",
            "CREATE TABLE moz_meta (key, value)",
            *(
                f"CREATE TABLE moz_{name} (unread)"
                for name in (
                    *("anno_attributes", "annos", "bookmarks_deleted", "bookmarks_roots", "favicons", "hosts"),
                    *("inputhistory", "items_annos", "keywords", "origins", "places_metadata"),
                    *("places_metadata_search_queries", "previews_tombstones", "historyvisits_extra", "places_extra"),
                )
            ),
        )
    }


def _firefox_of_a_telephone() -> Files:
    return {
        "browser.db": database(
            "CREATE TABLE history (_id INTEGER PRIMARY KEY, title, url, visits, visits_local, visits_remote, favicon_id, date,"
            " date_local, date_remote, created, modified, guid, deleted)",
            "CREATE TABLE visits (_id INTEGER PRIMARY KEY, history_guid, visit_type, date, is_local)",
            "CREATE TABLE bookmarks (_id INTEGER PRIMARY KEY, title, url, type, parent, position, keyword, description, tags,"
            " favicon_id, created, modified, guid, deleted, localVersion, syncVersion)",
            "CREATE TABLE searchhistory (_id INTEGER PRIMARY KEY, date, visits, query)",
            *(
                f"CREATE TABLE {name} (unread)"
                for name in (
                    *("clients", "favicons", "thumbnails", "tabs", "reading_list", "page_metadata", "remote_devices"),
                    *(
                        "urlannotations",
                        "numbers",
                        "logins",
                        "disabledHosts",
                        "deletedlogins",
                        "activity_stream_blocklist",
                    ),
                )
            ),
        )
    }


def _safari() -> Files:
    return {
        "History.db": database(
            "CREATE TABLE history_items (id INTEGER PRIMARY KEY, url, domain_expansion, visit_count, daily_visit_counts,"
            " weekly_visit_counts, autocomplete_triggers, should_recompute_derived_visit_counts, visit_count_score,"
            " status_code)",
            "CREATE TABLE history_visits (id INTEGER PRIMARY KEY, history_item, visit_time, title, load_successful,"
            " http_non_get, synthesized, redirect_source, redirect_destination, origin, generation, attributes, score)",
            "CREATE TABLE history_tombstones (id INTEGER PRIMARY KEY, start_time, end_time, url, generation)",
            *(
                f"CREATE TABLE history_{name} (unread)"
                for name in ("client_versions", "event_listeners", "events", "items_to_tags", "tags")
            ),
            "CREATE TABLE metadata (key, value)",
        )
    }


def _conversation() -> Files:
    message = (
        '<div class="_3-95 _a6-g"><div class="_2ph_ _a6-h _a6-i">Zoé</div><div class="_2ph_ _a6-p">Oui</div>'
        '<div class="_3-94 _a6-o"><div class="_a72d">12 mars 2024 à 14:05:09</div></div></div>'
    )
    page = (
        '<html><head><title>Zoé</title></head><body class="_5vb_ _2yq _a7o5"><div class="clearfix _ikh">'
        f'<div class="_4bl9"><div class="_a705"><div class="_3b0c"><div class="_3b0d">Zoé</div></div></div>'
        f'<div class="_a706" role="main"><div class="_a70e">Zoé</div>{message * 2}</div></div></div></body></html>'
    )
    return {"your_facebook_activity/messages/inbox/zoe_42/message_1.html": page.encode()}


MORE: Mapping[str, Files] = {
    "more/gas-of-days": gas(TITLES, READING, READING),
    "more/gas-of-months": gas(["Date de relevé", *TITLES[3:5]], ["Mars 2023", "3,1", 34]),
    "more/electricity": _electricity(),
    "more/chromium": _chromium(),
    "more/firefox": _firefox(),
    "more/firefox-of-a-telephone": _firefox_of_a_telephone(),
    "more/safari": _safari(),
    "more/conversation": _conversation(),
}
