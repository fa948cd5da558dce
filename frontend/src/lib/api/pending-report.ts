/** The engagement report, by hand until the API document has it. */

export type Grade = 'A' | 'B' | 'C' | 'D';
export type MetricUnit = 'people' | 'count' | 'percent' | 'per_100' | (string & {});

export interface ReportMetric {
  key: string;
  name: string;
  unit: MetricUnit;
  value: number | null;
  previous: number | null;
  formula: string;
  version: string | number;
  evidence: string;
  denominator: string;
}

export interface ReportUnit {
  id: number;
  name: string;
  kind: string;
  eligible: number | null;
  active_sharers: number | null;
  shares: number | null;
  people_reached: number | null;
  rate: number | null;
}

export interface EngagementReport {
  agency: { id: number; name: string; short_name: string; kind: string; zone: string };
  path: { id: number; name: string }[];
  from: string;
  to: string;
  previous_from: string;
  previous_to: string;
  generated_at: string;
  metrics: ReportMetric[];
  days: { day: string; people_reached: number; shares: number }[];
  evidence: { grade: Grade; shares: number; likes: number }[];
  networks: { network: string; shares: number; people_reached: number }[];
  units: ReportUnit[];
  contents: {
    id: number;
    title: string;
    agency_name: string;
    shares: number;
    people_reached: number;
  }[];
}
