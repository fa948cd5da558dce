import { describe, expect, it } from 'vitest';
import { placesFor } from './places';
import { rightsOf } from './rights';
import { find } from './screens';

const at = (path: string, ...roles: string[]) => find(path, rightsOf(roles));

describe('the screens of the console', () => {
  it('opens with what somebody is there for', () => {
    const opening = (...roles: string[]) => at('/konsol/', ...roles).place;
    expect(opening('author')).toBe('/konsol/antrean');
    expect(opening('admin')).toBe('/konsol/antrean');
    expect(opening('operator')).toBe('/konsol/orang');
    expect(opening('leader')).toBe('/konsol/arahan');
    expect(opening('leader', 'trainer', 'dpo')).toBe('/konsol/arahan');
    expect(opening('trainer')).toBe('/konsol/belajar');
    expect(opening('trainer', 'dpo')).toBe('/konsol/belajar');
    expect(opening('dpo')).toBe('/konsol/permintaan');
    expect(opening('operator', 'dpo', 'leader')).toBe('/konsol/orang');
  });

  it('gives each place a letter of its own', () => {
    const all = [
      'author',
      'approver',
      'publisher',
      'leader',
      'admin',
      'operator',
      'auditor',
      'trainer',
      'dpo',
    ];
    const letters = placesFor(rightsOf(all)).map(({ key }) => key);
    expect(letters.length).toBeGreaterThan(15);
    expect(new Set(letters).size).toBe(letters.length);
  });

  it('shows nothing to somebody without any right', () => {
    for (const path of ['/konsol', '/konsol/antrean', '/konsol/orang', '/konsol/musim'])
      expect(at(path).screen).toBeUndefined();
    expect(at('/konsol/orang', 'author').screen).toBeUndefined();
    expect(at('/konsol/antrean', 'operator').screen).toBeUndefined();
  });

  it('keeps the screen of a new item when it is saved, and makes one for each other item', () => {
    const [fresh, saved] = ['/konsol/tulis', '/konsol/tulis/7'].map((to) => at(to, 'author'));
    expect(fresh?.screen?.id).toBeNull();
    expect(saved?.screen?.id).toBe(7);
    expect(saved?.screen?.load).toBe(fresh?.screen?.load);
    expect(saved?.screen?.key).toBe(fresh?.screen?.key);
    const [one, other] = [7, 8].map((id) => at(`/konsol/periksa/${id}`, 'author').screen?.key);
    expect(one).not.toBe(other);
  });

  it('tells what is written of what has a number', () => {
    expect(at('/konsol/belajar/juknis', 'trainer').screen).toMatchObject({ id: undefined });
    expect(at('/konsol/belajar/juknis/tulis', 'trainer').screen?.id).toBeNull();
    expect(at('/konsol/kampanye/tulis', 'leader').screen?.id).toBeNull();
    for (const path of ['/konsol/kampanye/abc', '/konsol/periksa/tulis', '/konsol/periksa/0'])
      expect(at(path, 'admin').screen).toBeUndefined();
  });

  it('marks the place that a screen belongs to', () => {
    expect(at('/konsol/periksa/7', 'author').place).toBe('/konsol/antrean');
    expect(at('/konsol/belajar/juknis/7', 'author').place).toBe('/konsol/belajar');
    expect(at('/konsol/entah', 'author').place).toBe('/konsol/antrean');
  });
});
