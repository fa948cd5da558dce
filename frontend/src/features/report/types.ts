// The engagement report as the API gives it.
import type { Schemas } from '../../lib/api/client';

export type EngagementReport = Schemas['Report'];
export type Metric = Schemas['Metric'];
export type ReportMetric = Schemas['Value'];
export type ReportUnit = Schemas['Child'];
export type Past = Schemas['Past'];
export type Grade = 'A' | 'B' | 'C' | 'D';
export const grades: readonly Grade[] = ['A', 'B', 'C', 'D'];

/** Solid for what counts in headlines, hatched for what does not: it holds without colour too. */
export const gradeFills: Record<Grade, string> = {
  A: 'fill-ok',
  B: 'fill-brand',
  C: 'fill-warn',
  D: 'fill-edge',
};
export const hatched = (grade: Grade) => grade === 'C' || grade === 'D';
