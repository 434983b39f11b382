"""The counters that care writes: place in the tally arrays. Kernels index with these plain integers.

``PRACTICE`` counters have one row a practice and one last row for people without a practice in the region;
``GROUP`` counters one row a (node, age band, deprivation group); ``POST`` counters one row a post. All counters only
ever grow during a run: a week, month or year is a difference of two readings. Times are integer seconds.
"""

from __future__ import annotations

# --- by practice -------------------------------------------------------------------------------------------------
# where requests come from
NEEDS = 0
PLANNED = 1
FOLLOW_UPS = 2
POST_FOLLOW_UPS = 3
# where requests end
SELF_CARE = 4
ADVICE = 5
HANDLED_GP = 6
HANDLED_ASSISTANT = 7
HANDLED_POH_SOMATIC = 8
HANDLED_POH_MENTAL = 9
HANDLED_ADVANCED = 10
HANDLED_OUTSIDE = 11
TO_POST = 12
TO_EMERGENCY = 13
FORGONE = 14
NO_SHOW_LOST = 15
VOID = 16
# telephone
CALLS = 17
CALLS_IN_2_MINUTES = 18
CALL_WAIT = 19
CALLS_ABANDONED = 20
# minutes by role: asked before adaptation, used, available, overtime (seconds)
GP_ASKED = 21
GP_USED = 22
GP_AVAILABLE = 23
GP_OVERTIME = 24
ASSISTANT_ASKED = 25
ASSISTANT_USED = 26
ASSISTANT_AVAILABLE = 27
SOMATIC_ASKED = 28
SOMATIC_USED = 29
SOMATIC_AVAILABLE = 30
MENTAL_ASKED = 31
MENTAL_USED = 32
MENTAL_AVAILABLE = 33
ADVANCED_ASKED = 34
ADVANCED_USED = 35
ADVANCED_AVAILABLE = 36
# access
URGENT = 37
URGENT_TODAY = 38
ROUTINE_SEEN = 39
ROUTINE_WAIT = 40
ROUTINE_IN_3_DAYS = 41
GP_CONTACTS = 42
USUAL_CONTACTS = 43
NEIGHBOUR = 44
PASSANTS = 45
MODE_PHONE = 46
MODE_CONSULT = 47
MODE_LONG = 48
MODE_VISIT = 49
MOVED = 50
REFERRALS = 51
PHONE_INSTEAD = 52
NO_SHOWS = 53
RETRIES = 54
DIRECT_ACCESS = 55
LINKED = 56
LINE_ASKED = 57
PRACTICE_COUNTERS = 58

PRACTICE_NAMES: tuple[str, ...] = (
    "needs",
    "planned_visits",
    "follow_ups",
    "post_follow_ups",
    "self_care",
    "assistant_advice",
    "handled_gp",
    "handled_assistant",
    "handled_poh_somatic",
    "handled_poh_mental",
    "handled_advanced",
    "handled_outside",
    "to_post",
    "to_emergency",
    "forgone",
    "no_show_lost",
    "void",
    "calls",
    "calls_in_2_minutes",
    "call_wait_seconds",
    "calls_abandoned",
    "gp_asked_seconds",
    "gp_used_seconds",
    "gp_available_seconds",
    "gp_overtime_seconds",
    "assistant_asked_seconds",
    "assistant_used_seconds",
    "assistant_available_seconds",
    "poh_somatic_asked_seconds",
    "poh_somatic_used_seconds",
    "poh_somatic_available_seconds",
    "poh_mental_asked_seconds",
    "poh_mental_used_seconds",
    "poh_mental_available_seconds",
    "advanced_asked_seconds",
    "advanced_used_seconds",
    "advanced_available_seconds",
    "urgent_requests",
    "urgent_today",
    "routine_seen",
    "routine_wait_days",
    "routine_in_3_days",
    "gp_contacts",
    "usual_gp_contacts",
    "seen_by_neighbour",
    "passants",
    "mode_phone",
    "mode_consult",
    "mode_long",
    "mode_visit",
    "moved_bookings",
    "referrals",
    "phone_instead_of_visit",
    "no_shows",
    "retries",
    "direct_access",
    "link_worker",
    "asked_specialist",
)
SOURCES: tuple[int, ...] = (NEEDS, PLANNED, FOLLOW_UPS, POST_FOLLOW_UPS)
SINKS: tuple[int, ...] = (
    SELF_CARE,
    ADVICE,
    HANDLED_GP,
    HANDLED_ASSISTANT,
    HANDLED_POH_SOMATIC,
    HANDLED_POH_MENTAL,
    HANDLED_ADVANCED,
    HANDLED_OUTSIDE,
    TO_POST,
    TO_EMERGENCY,
    FORGONE,
    NO_SHOW_LOST,
    VOID,
    DIRECT_ACCESS,
)

# --- by node, age band, deprivation group --------------------------------------------------------------------------
G_NEEDS = 0
G_CONTACTS = 1
G_PLANNED = 2
G_ADVICE = 3
G_FORGONE = 4
G_TO_POST = 5
G_EMERGENCY = 6
G_POST = 7
G_ROUTINE = 8
G_WAIT = 9
G_IN_3_DAYS = 10
G_GP = 11
G_USUAL = 12
G_REFERRALS = 13
GROUP_COUNTERS = 14

GROUP_NAMES: tuple[str, ...] = (
    "needs",
    "contacts",
    "planned_contacts",
    "assistant_advice",
    "forgone",
    "to_post",
    "to_emergency",
    "post_contacts",
    "routine_seen",
    "routine_wait_days",
    "routine_in_3_days",
    "gp_contacts",
    "usual_gp_contacts",
    "referrals",
)
AGE_EDGES: tuple[int, ...] = (0, 5, 18, 45, 65, 75, 85)
AGE_NAMES: tuple[str, ...] = ("0-4", "5-17", "18-44", "45-64", "65-74", "75-84", "85+")
AGE_BANDS = 7
DEPRIVATION_GROUPS = 3

# --- by post -----------------------------------------------------------------------------------------------------
P_CALLS = 0
P_CALL_WAIT = 1
P_CALLS_IN_2_MINUTES = 2
P_CALLS_ABANDONED = 3
P_ADVICE = 4
P_CONSULTS = 5
P_VISITS = 6
P_SELF_CARE_ELIGIBLE = 7
P_URGENCY = 8  # five places: contacts of U1 ... U5
P_SEEN = 13  # five places: consults and visits begun, by urgency
P_SEEN_WAIT = 18  # five places: seconds from end of call to begin
P_SEEN_IN_NORM = 23  # five places: begun within the urgency's norm
P_FROM_DAY = 28
P_EMERGENCY = 29
P_ARRIVALS = 30
P_HOURS_WEEKDAY = 31  # 24 places: arrivals by hour on working days
P_HOURS_WEEKEND = 55  # 24 places: arrivals by hour on weekend days and holidays
POST_COUNTERS = 79

POST_NAMES: tuple[str, ...] = (
    "calls",
    "call_wait_seconds",
    "calls_in_2_minutes",
    "calls_abandoned",
    "advice",
    "consults",
    "visits",
    "self_care_eligible",
    *(f"contacts_u{u}" for u in range(1, 6)),
    *(f"seen_u{u}" for u in range(1, 6)),
    *(f"seen_wait_seconds_u{u}" for u in range(1, 6)),
    *(f"seen_in_norm_u{u}" for u in range(1, 6)),
    "passed_on_by_day",
    "to_emergency",
    "arrivals",
    *(f"weekday_hour_{h:02d}" for h in range(24)),
    *(f"weekend_hour_{h:02d}" for h in range(24)),
)
WAIT_DAYS = 64
"""Length of the histogram of waits in working days (the last place holds all longer waits)."""
