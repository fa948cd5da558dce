// English words of the leadership report.
import type id from './laporan.id';

export default {
  app_title: 'Leadership report',
  nav_path: 'Agency path',

  page_title: 'Engagement report',
  page_generated: 'Computed {time}',
  page_previous: 'Compared with {period}',
  page_csv: 'Download CSV',
  page_xlsx: 'Download Excel',
  page_print: 'Print',
  page_printed: 'Printed {time}',
  page_happened: 'What happened',

  period_title: 'Period',
  period_this_month: 'This month',
  period_last_month: 'Last month',
  period_week: 'Last 7 days',
  period_from: 'From',
  period_to: 'To',
  period_apply: 'Apply',
  period_order: 'The first date must not be after the last date.',
  period_missing: 'Fill in both dates.',

  sentence_full:
    'In {period}, {asn} {asn|civil servant|civil servants} of {agency} took part in sharing; {shares} {shares|share is|shares are} proven and {people} {people|person was|people were} reached.',
  sentence_full_unnamed:
    'In {period}, {shares} {shares|share|shares} of content of {agency} {shares|is|are} proven and {people} {people|person was|people were} reached.',
  sentence_no_reach:
    'In {period}, {asn} {asn|civil servant|civil servants} of {agency} recorded {shares} {shares|share|shares}, but nobody has opened a link yet.',
  sentence_no_reach_unnamed:
    'In {period}, {shares} {shares|share|shares} of content of {agency} {shares|was|were} recorded, but nobody has opened a link yet.',
  sentence_only_reach:
    'In {period} nothing new was shared, but links already in circulation reached {people} {people|person|people}.',
  sentence_none:
    'In {period} no civil servant of {agency} has shared content, and nobody has been reached yet.',
  sentence_hidden:
    'Figures of {agency} for {period} are not shown: this group, or one beside it, has fewer than 5 people.',

  change_up: 'up {share} from {than}',
  change_down: 'down {share} from {than}',
  change_same: 'same as {than}',
  change_from_zero: 'up from 0 in {than}',
  change_none: 'nothing to compare with',
  than_days: 'the {days} {days|day|days} before',
  than_year: 'the same period last year',
  small_base: 'compared with fewer than 30: small changes look large',
  was: 'before {n}',
  was_unknown: 'nothing to compare with',

  compare_title: 'Comparison',
  compare_previous: 'Period before',
  compare_year: 'Last year',

  whatsapp_title: 'Copy for WhatsApp',
  whatsapp_preview: 'Preview of the message (Indonesian)',
  whatsapp_count: '{n} of 4,096 characters',
  whatsapp_copy: 'Copy message',
  whatsapp_copied: 'Copied',
  whatsapp_paste: 'Paste it in WhatsApp.',
  whatsapp_manual:
    'The browser does not allow copying. The text is selected: press long and choose Copy.',
  whatsapp_error: 'The message could not be made',
  whatsapp_loading: 'Writing the message…',

  metric_people_reached: 'People reached',
  kpi_title: 'Key figures',
  kpi_of_eligible: '{rate} of {n} eligible civil servants',
  kpi_define: 'Definition of {name}',
  kpi_definition: 'Definition',
  kpi_of_recorded: 'of {n} recorded {n|share|shares} ({grade})',
  kpi_evidence: 'Evidence {grade}',

  trend_title: 'Daily trend',
  trend_people_reached: 'People reached',
  trend_shares: 'Shares',
  trend_choose: 'Figure drawn',
  trend_peak: 'Highest on {day}: {n}',
  trend_flat: 'No figures in this period yet.',
  trend_role: 'line chart',
  trend_alt: '{name} per day, {period}. Highest {n} on {day}; total {total}.',
  trend_keys: 'Use the left and right arrow keys to read each day.',
  trend_reading: '{day}: {n}',
  trend_short: 'Not enough data: the chart needs at least 2 days.',
  chart_table: 'Show table',
  chart_hide: 'Hide table',
  chart_day: 'Date',

  evidence_title: 'Evidence of shares',
  evidence_finding: '{share} of shares measured or verified (A and B)',
  evidence_empty: 'Nothing was shared in this period yet.',
  evidence_alt: 'Shares by evidence: {list}.',
  evidence_grade: 'Evidence',
  evidence_shares: 'Shares',
  evidence_likes: 'Liked',
  evidence_A_note: 'proved by the public post',
  evidence_B_note: 'somebody else made a valid click',
  evidence_C_note: 'the share sheet was opened',
  evidence_D_note: 'only the reporter says so',

  networks_title: 'By network',
  networks_note: 'Figures of networks are not added up: one person can be on several networks.',
  networks_empty: 'Nothing was shared on any network yet.',
  networks_network: 'Network',

  units_title: 'By unit',
  units_empty: 'This agency has no units below it.',
  units_name: 'Unit',
  units_eligible: 'Eligible',
  units_active: 'Shared',
  units_shares: 'Shares',
  units_people: 'People reached',
  units_rate: 'Per 100 staff',
  units_hidden: 'Hidden so that it points at nobody',
  units_hidden_note:
    'A “–” stands for a group of fewer than 5 people, and for groups that would give it away by subtraction.',
  units_rate_note:
    'Units are compared with those of their size. Per 100 staff: people reached for every 100 eligible civil servants; below it the range in which the true figure lies, 19 times out of 20. The first ten of each league come by league score, which allows for chance; the others by name.',
  units_range: 'range {low}–{high}',
  units_rank: 'Place in the league',
  units_search: 'Find a unit by name',
  units_found: '{n} {n|unit|units} found',
  units_none_found: 'No unit is called “{search}”.',
  units_league: 'League of {band} staff',
  units_league_none: 'Not shown',
  units_evidence: 'Evidence of shares',
  units_more: 'Show all ({n})',
  units_less: 'Show the first {n} only',
  units_sort: 'Sort by {name}',

  contents_title: 'Content',
  contents_empty: 'No content was shared in this period yet.',
  contents_name: 'Content',

  drawer_title: 'Definition of the figure',
  drawer_definition: 'Definition and formula',
  drawer_caveat: 'Keep in mind',
  drawer_version: 'Version of the definition',
  drawer_evidence: 'Evidence counted',
  drawer_denominator: 'Denominator',
  drawer_value: 'Value in this period',
  drawer_previous: 'Value compared with',
  drawer_none: 'None',
  drawer_computed: 'Last computed',
  define_all: 'List of definitions',

  table_sideways: 'Table {name}, scrolls sideways',

  state_loading: 'Loading the report…',
  state_error: 'The report could not be loaded',
  state_offline: 'You are offline. The figures below were last updated {time}.',
  state_offline_empty: 'You are offline. Connect to the internet and try again.',
  state_forbidden: 'You may not read this report yet',
  state_forbidden_hint:
    'Reports are open to leaders, auditors and administrators. Ask the administrator of your agency for that role.',
  state_stale: 'The figures below are the last that could be loaded.',
} satisfies Record<keyof typeof id, string>;
