/** The spans of one's own figures, as the server names them. */
export const spans = ['week', 'month', 'season', 'all'] as const;
export type SpanName = (typeof spans)[number];
