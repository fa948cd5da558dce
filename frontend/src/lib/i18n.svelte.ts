// The words of the screens. Indonesian ships with the face; English is a lazy chunk with the same keys,
// so a missing key does not compile.
import { numberFormat, type Locale } from './format';

export type Lang = 'id' | 'en';
export type Params = Record<string, string | number>;

const storageKey = 'lang';

let lang = $state.raw<Lang>('id');
const loaders: (() => Promise<void>)[] = [];

/** The language of this page, for all catalogues at once. */
export const language = {
  get current() {
    return lang;
  },
  get locale(): Locale {
    return lang === 'id' ? 'id-ID' : 'en-GB';
  },
  /** Switches when all words are there, so that no screen is half translated. Fails when offline. */
  async set(to: Lang) {
    if (to === 'en') await Promise.all(loaders.map((load) => load()));
    lang = to;
    document.documentElement.lang = to;
    try {
      localStorage.setItem(storageKey, to);
    } catch {
      // Private mode: the choice lasts as long as the tab.
    }
  },
  /** Takes up the choice of the last visit; a face waits for it before it shows anything. */
  async start() {
    let saved: string | null = null;
    try {
      saved = localStorage.getItem(storageKey);
    } catch {
      // Private mode.
    }
    if (saved === 'en') await language.set('en').catch(() => {});
  },
};

/**
 * Fills {name} in a message. {n|person|people} chooses the English form by the number n; Indonesian
 * needs none. Numbers are written in the language's way: give a year or a code as a string.
 */
export function fill(message: string, params: Params, of: Lang) {
  const locale: Locale = of === 'id' ? 'id-ID' : 'en-GB';
  return message.replace(
    /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g,
    (hole, name: string, one?: string, other?: string) => {
      const value = params[name];
      if (value === undefined) return hole;
      if (one !== undefined)
        return new Intl.PluralRules(of).select(Number(value)) === 'one' ? one : (other ?? '');
      return typeof value === 'number' ? numberFormat(locale).format(value) : value;
    },
  );
}

type Catalogue<Key extends string> = Record<Key, string>;

/** Makes the t() of one catalogue: `const t = createI18n(id, { en: () => import('./shared.en') })`. */
export function createI18n<Key extends string>(
  id: Catalogue<Key>,
  lazy: { en: () => Promise<{ default: Catalogue<Key> }> },
) {
  let en = $state.raw<Catalogue<Key> | undefined>();

  async function load() {
    en ??= (await lazy.en()).default;
  }
  loaders.push(load);
  // A screen that came lazily, after the language was chosen, brings its words along.
  if (lang === 'en') void load().catch(() => {});

  return (key: Key, params?: Params) => {
    const inEnglish = lang === 'en' && en;
    const message = (inEnglish || id)[key];
    return params ? fill(message, params, inEnglish ? 'en' : 'id') : message;
  };
}
