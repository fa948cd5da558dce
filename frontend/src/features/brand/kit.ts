// One node's own kit, changed item by item; and what an item is called on the screen.
import type { Banned, Color, Guide, Keyword, Kit, Logo, Origin, Template } from './api';

export type Section = 'banned' | 'keywords' | 'colors' | 'templates' | 'logos';
export type Items = {
  banned: Banned;
  keywords: Keyword;
  colors: Color;
  templates: Template;
  logos: Logo;
};

export const nameOf = (item: Items[Section]) => ('phrase' in item ? item.phrase : item.name);

/** What a node below overrides an item by. */
export const keyOf = (item: Items[Section]) => nameOf(item).toLowerCase();

export const originOf = (guide: Guide, section: string, key: string): Origin | undefined =>
  guide.origins.find((origin) => origin.section === section && origin.key === key);

export const isOwn = (guide: Guide, section: Section, item: Items[Section]) =>
  originOf(guide, section, keyOf(item))?.agency_id === guide.agency_id;

/** The kit with an item in the place of the one with the old key, or at the end. */
export function withItem<S extends Section>(kit: Kit, section: S, item: Items[S], old = ''): Kit {
  const list = kit[section] as Items[S][];
  const at = list.findIndex((one) => keyOf(one) === (old || keyOf(item)));
  const changed = at < 0 ? [...list, item] : list.map((one, i) => (i === at ? item : one));
  return { ...kit, [section]: changed };
}

export function withoutItem(kit: Kit, section: Section, key: string): Kit {
  const list = kit[section] as Items[Section][];
  return { ...kit, [section]: list.filter((one) => keyOf(one) !== key) };
}

export const isEmptyKit = (kit: Kit) =>
  !kit.voice &&
  [kit.banned, kit.keywords, kit.colors, kit.templates, kit.logos].every(
    (list) => list.length === 0,
  );

/** What a contrast allows after WCAG 2: text, large text, or neither. */
export const readable = (ratio: number) => (ratio >= 4.5 ? 'text' : ratio >= 3 ? 'large' : 'none');
