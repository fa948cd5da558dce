import { describe, expect, it } from 'vitest';
import type { Chain } from './api';
import { differences } from './chain';

const names = { person: (id: number) => `Orang ${id}`, node: (id: number) => `Dinas ${id}` };
const chain = (...steps: Chain['steps']): Chain => ({
  steps,
  repeats: false,
  remind_hours: 4,
  escalate_hours: 8,
});

describe('two chains', () => {
  it('are the same whatever the order of the names, and whether or not nothing is written out', () => {
    const one = chain({ name: 'Kabid', persons: [2, 1] }, { name: 'Kadis' });
    const other = {
      ...chain({ name: 'Kabid', agency_id: 0, persons: [1, 2] }, { name: 'Kadis', persons: [] }),
    };
    expect(differences(one, other, names)).toEqual([]);
  });

  it('differ by the step that was added, the node that decides and the hours', () => {
    const theirs = { ...chain({ name: 'Kabid', agency_id: 3 }), remind_hours: 6 };
    const mine = chain({ name: 'Kabid' }, { name: 'Kadis', persons: [7] });
    expect(differences(theirs, mine, names)).toEqual([
      {
        label: 'Tahap 1',
        theirs: 'Kabid: Penyetuju di Dinas 3',
        mine: 'Kabid: Penyetuju di instansi penerbit konten',
      },
      {
        label: 'Tahap 2',
        theirs: '',
        mine: 'Kadis: Orang 7 · Penyetuju di instansi penerbit konten',
      },
      { label: 'Ingatkan setelah (jam kerja)', theirs: '6', mine: '4' },
    ]);
  });
});
