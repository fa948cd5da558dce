// The variants of a caption as the composer holds them: every field is there.
import { networkNames } from '../../lib/names';
import type { Schemas } from '../../lib/api/client';
import { t } from '../../text/compose';
import { suiting as places } from '../share/fits';

type Told = Schemas['Variant'];

/** One wording: how it sounds, and for which networks; none: for all. */
export type Variant = { text: string; register: Register | ''; networks: string[] };

export const registers = ['formal', 'santai', 'singkat'] as const;
export type Register = (typeof registers)[number];

/** As the server has them. */
export const MIN_CAPTIONS = 3;
export const WANTED_CAPTIONS = 5;
export const MAX_CAPTIONS = 10;
export const MAX_CAPTION_LENGTH = 2000;

/** The networks that the composer shows, in the order of their keys: Alt+1 to Alt+8. */
export const shown = [
  'whatsapp',
  'facebook',
  'instagram',
  'x',
  'tiktok',
  'threads',
  'linkedin',
  'telegram',
] as const;

export const emptyVariant = (): Variant => ({ text: '', register: '', networks: [] });

const isRegister = (text: unknown): text is Register => registers.some((one) => one === text);

/** What a server or an older build has kept, with at least as many fields as a content needs. */
export function variantsOf(told: readonly (Told | string)[]): Variant[] {
  const list = told.map((one): Variant => {
    if (typeof one === 'string') return { ...emptyVariant(), text: one };
    const { text, register, networks } = one;
    return {
      text,
      register: isRegister(register) ? register : '',
      networks: [...(networks ?? [])],
    };
  });
  while (list.length < MIN_CAPTIONS) list.push(emptyVariant());
  return list;
}

/** As the server takes it. */
export function variantOf({ text, register, networks }: Variant): Told {
  return {
    text: text.trim(),
    ...(register ? { register } : {}),
    ...(networks.length > 0 ? { networks: [...networks] } : {}),
  };
}

/** The places of the variants for a network, as the share sheet shows them. */
export const suiting = (variants: Variant[], network: string) =>
  places({ captions: variants.map(({ text }) => text), variants }, network);

/** "Santai · X, Threads"; empty: it says neither. */
export function aboutVariant({ register, networks }: Told | Variant): string {
  const sound = isRegister(register) ? t(`register_${register}`) : '';
  const where = (networks ?? []).map((key) => networkNames[key] ?? key).join(', ');
  return [sound, where].filter(Boolean).join(' · ');
}
