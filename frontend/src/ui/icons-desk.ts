// Line icons of the desk faces after Lucide (ISC licence, © Lucide contributors); see icons.ts.

export const archive = [
  'M3 3h18a1 1 0 0 1 1 1v3a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1z',
  'M4 8v11a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V8',
  'M10 12h4',
];
export const ban = ['M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0', 'm4.9 4.9 14.2 14.2'];
export const vote = ['m9 12 2 2 4-4', 'M5 7c0-1.1.9-2 2-2h10a2 2 0 0 1 2 2v12H5z', 'M22 19H2'];
export const undo = ['M9 14 4 9l5-5', 'M4 9h10.5a5.5 5.5 0 0 1 0 11H11'];
export const send = ['m22 2-7 20-4-9-9-4z', 'M22 2 11 13'];
export const trash = [
  'M3 6h18',
  'M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6',
  'M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2',
  'M10 11v6',
  'M14 11v6',
];
export const download = ['M12 15V3', 'M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4', 'm7 10 5 5 5-5'];
export const printer = [
  'M6 18H4a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2h-2',
  'M6 9V3a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v6',
  'M6 14h12v8H6z',
];
export const list = ['M3 5h.01', 'M3 12h.01', 'M3 19h.01', 'M8 5h13', 'M8 12h13', 'M8 19h13'];
export const chart = ['M3 3v16a2 2 0 0 0 2 2h16', 'M18 17V9', 'M13 17V5', 'M8 17v-3'];
export const table = [
  'M12 3v18',
  'M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z',
  'M3 9h18',
  'M3 15h18',
];
export const trendingUp = ['M16 7h6v6', 'm22 7-8.5 8.5-5-5L2 17'];
export const trendingDown = ['M16 17h6v-6', 'm22 17-8.5-8.5-5 5L2 7'];
export const searchCheck = [
  'm8 11 2 2 4-4',
  'M3 11a8 8 0 1 0 16 0a8 8 0 1 0 -16 0',
  'm21 21-4.3-4.3',
];
export const equal = ['M5 9h14', 'M5 15h14'];
export const save = [
  'M15.2 3a2 2 0 0 1 1.4.6l3.8 3.8a2 2 0 0 1 .6 1.4V19a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z',
  'M17 21v-7a1 1 0 0 0-1-1H8a1 1 0 0 0-1 1v7',
  'M7 3v4a1 1 0 0 0 1 1h7',
];
export const idCard = [
  'M4 5h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z',
  'M6.2 15a3 3 0 0 1 5.6 0',
  'M7 11a2 2 0 1 0 4 0a2 2 0 1 0 -4 0',
  'M16 10h2',
  'M16 14h2',
];
export const palette = [
  'M12 22a1 1 0 0 1 0-20a10 9 0 0 1 10 9a5 5 0 0 1-5 5h-2.25a1.75 1.75 0 0 0-1.4 2.8l.3.4a1.75 1.75 0 0 1-1.4 2.8z',
  'M13.5 6.5h.01',
  'M17.5 10.5h.01',
  'M6.5 12.5h.01',
  'M8.5 7.5h.01',
];
export const bell = [
  'M10.268 21a2 2 0 0 0 3.464 0',
  'M3.262 15.326A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.673C19.41 13.956 18 12.499 18 8A6 6 0 0 0 6 8c0 4.499-1.411 5.956-2.738 7.326',
];
export const pause = ['M7 4h2v16H7z', 'M15 4h2v16h-2z'];
export const play = ['M6 3l14 9-14 9z'];
export const steps = [
  'M3 6a3 3 0 1 0 6 0a3 3 0 1 0 -6 0',
  'M15 18a3 3 0 1 0 6 0a3 3 0 1 0 -6 0',
  'M9 6h6a4 4 0 0 1 4 4v5',
];
export const minus = ['M5 12h14'];
export const scroll = [
  'M19 17V5a2 2 0 0 0-2-2H4',
  'M8 21h12a2 2 0 0 0 2-2v-1a1 1 0 0 0-1-1H11a1 1 0 0 0-1 1v1a2 2 0 1 1-4 0V5a2 2 0 1 0-4 0v2a1 1 0 0 0 1 1h3',
];
export const target = [
  'M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0',
  'M6 12a6 6 0 1 0 12 0a6 6 0 1 0 -12 0',
  'M10 12a2 2 0 1 0 4 0a2 2 0 1 0 -4 0',
];
export const bold = ['M6 12h9a4 4 0 0 1 0 8H7a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1h7a4 4 0 0 1 0 8'];
export const heading = ['M6 12h12', 'M6 20V4', 'M18 20V4'];
export const link = [
  'M10 13a5 5 0 0 0 7.54.54l3-3a5 5 0 0 0-7.07-7.07l-1.72 1.71',
  'M14 11a5 5 0 0 0-7.54-.54l-3 3a5 5 0 0 0 7.07 7.07l1.71-1.71',
];
export const calendar = [
  'M8 2v4',
  'M16 2v4',
  'M5 4h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z',
  'M3 10h18',
];
export const flag = ['M4 22V4', 'M4 15s1-1 4-1 5 2 8 2 4-1 4-1V3s-1 1-4 1-5-2-8-2-4 1-4 1'];

export const keyboard = [
  'M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z',
  'M6 8h.01',
  'M10 8h.01',
  'M14 8h.01',
  'M18 8h.01',
  'M8 12h.01',
  'M12 12h.01',
  'M16 12h.01',
  'M7 16h10',
];
