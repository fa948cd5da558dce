import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { compose, weighBytes, weighX, type Limits } from './compose';

const golden = (name: string) =>
  JSON.parse(readFileSync(path.resolve('..', 'internal/network/testdata', name), 'utf8')) as Record<
    string,
    unknown
  >[];

it('weighs like X, as the server does', () => {
  for (const { text, weight } of golden('weights.json') as { text: string; weight: number }[])
    expect(weighX(text), text).toBe(weight);
  expect(weighBytes('a😀é👨‍👩‍👧')).toBe(1 + 4 + 1 + 18);
});

const text = { share: 'intent_text', count: 'characters', limit: 0, tracked_link: true } as const;
const networks: Record<string, Limits> = {
  whatsapp: { ...text, limit: 65_000 },
  telegram: { ...text, limit: 4096 },
  instagram: { share: 'save', count: 'characters', limit: 2200, tracked_link: false },
  tiktok: { share: 'save', count: 'characters', limit: 2200, tracked_link: false },
  facebook: { share: 'intent_link', count: 'characters', limit: 63_206, tracked_link: true },
  linkedin: { share: 'intent_link', count: 'characters', limit: 3000, tracked_link: true },
  x: { ...text, count: 'x_weighted', limit: 280 },
  threads: { ...text, count: 'emoji_bytes', limit: 500 },
  email: { ...text, count: 'address', limit: 1999 },
  system: { ...text, share: 'system' },
  copy: { ...text, share: 'copy' },
};

type Golden = {
  Name: string;
  Network: string;
  Parts: {
    Caption: string;
    Hashtags: string[] | null;
    Disclosure: string;
    ShortDisclosure: string;
    Link: string;
    Subject: string;
  };
  Made: { Words: string; Text: string; Length: number; Cut: string[] };
};

it('says beforehand what the server will make of every text', () => {
  const cases = golden('compose.json') as Golden[];
  expect(cases.length).toBeGreaterThan(30);
  for (const { Name, Network, Parts, Made } of cases) {
    const made = compose(networks[Network]!, {
      caption: Parts.Caption,
      hashtags: Parts.Hashtags ?? [],
      disclosure: Parts.Disclosure,
      shortDisclosure: Parts.ShortDisclosure,
      link: Parts.Link,
      subject: Parts.Subject,
    });
    expect(made, `${Name} on ${Network}`).toEqual({
      words: Made.Words,
      text: Made.Text,
      length: Made.Length,
      cut: Made.Cut,
    });
  }
});
