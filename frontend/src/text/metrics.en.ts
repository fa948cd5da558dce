// English words of the registry of metrics.
import type id from './metrics.id';

export default {
  title: 'Definitions of figures',
  lead: 'Each figure in Gaung has one name, one formula and one source. Screens, files and the API use this list.',
  back: 'Back to the report',
  place_report: 'Figures of the report',
  place_board: 'Figures of the board of units',
  place_drawer: 'Estimates and figures beside',
  place_drawer_lead:
    'Shown beside their definition only. Never a headline, a rank, points or part of a file.',
  place_none: 'Not available yet',
  meaning: 'Meaning',
  formula: 'Formula',
  denominator: 'Denominator',
  evidence: 'Evidence counted',
  caveat: 'What this figure does not say',
  source: 'Counted from',
  version: 'Formula, version {n}',
  open: 'Open in the list of definitions',
  failed: 'The list of definitions could not be loaded',

  estimates: 'Estimates and figures beside',
  estimates_lead:
    'These figures are in no report. Estimates rest on what civil servants say themselves, and are not reach.',
  estimates_failed: 'The estimates could not be loaded',
  estimate: 'estimate',
  range: '{low} to {high}',
  from_people: 'from what {n} civil servants declared',
} satisfies Record<keyof typeof id, string>;
