// English words of the leadership report.
import type id from './laporan.id';

export default {
  app_title: 'Leadership report',
  nav_path: 'Agency path',

  page_title: 'Engagement report',
  page_generated: 'Computed {time}',
  page_previous: 'Compared with {period}',
  page_csv: 'Download CSV',
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
    'In {period}, {asn} {asn|civil servant|civil servants} of {agency} shared content {shares} {shares|time|times} and reached {people} {people|person|people}.',
  sentence_full_unnamed:
    'In {period}, content of {agency} was shared {shares} {shares|time|times} and reached {people} {people|person|people}.',
  sentence_no_reach:
    'In {period}, {asn} {asn|civil servant|civil servants} of {agency} shared content {shares} {shares|time|times}, but nobody has opened a link yet.',
  sentence_no_reach_unnamed:
    'In {period}, content of {agency} was shared {shares} {shares|time|times}, but nobody has opened a link yet.',
  sentence_only_reach:
    'In {period} nothing new was shared, but links already in circulation reached {people} {people|person|people}.',
  sentence_none:
    'In {period} no civil servant of {agency} has shared content, and nobody has been reached yet.',
  sentence_hidden:
    'Figures of {agency} for {period} are not shown because the group has fewer than 5 people.',

  change_up: 'up {share} from the {days} {days|day|days} before',
  change_down: 'down {share} from the {days} {days|day|days} before',
  change_same: 'same as the {days} {days|day|days} before',
  change_from_zero: 'up from 0 in the {days} {days|day|days} before',
  change_none: 'nothing to compare with yet',

  metric_people_reached: 'People reached',
  kpi_title: 'Key figures',
  kpi_of_eligible: '{rate} of {n} eligible civil servants',
  kpi_define: 'Definition of {name}',
  kpi_definition: 'Definition',
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
  network_copy: 'Copied link',
  network_other: 'Other',
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
  units_hidden: 'Hidden: fewer than 5 people',
  units_hidden_note:
    'A “–” stands for a group of fewer than 5 people; its figures are hidden so that they point at nobody.',
  units_rate_note: 'Per 100 staff: people reached for every 100 eligible civil servants.',
  units_sort: 'Sort by {name}',

  contents_title: 'Content',
  contents_empty: 'No content was shared in this period yet.',
  contents_name: 'Content',

  drawer_title: 'Definition of the figure',
  drawer_definition: 'Definition and formula',
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
