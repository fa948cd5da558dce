// The engagement report as the API gives it.
import type { Schemas } from '../../lib/api/client';

export type EngagementReport = Schemas['Report'];
export type ReportMetric = Schemas['Value'];
export type ReportUnit = Schemas['Child'];
export type Grade = 'A' | 'B' | 'C' | 'D';
export const grades: readonly Grade[] = ['A', 'B', 'C', 'D'];
