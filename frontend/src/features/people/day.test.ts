import { describe, expect, it } from 'vitest';
import { dayIn } from './day';

describe('dayIn', () => {
  it('is the local day: after 22.00 WIB it is tomorrow in Jayapura', () => {
    const at = new Date('2026-11-22T15:30:00Z');
    expect(dayIn('Asia/Jakarta', at)).toBe('2026-11-22');
    expect(dayIn('Asia/Jayapura', at)).toBe('2026-11-23');
  });
});
