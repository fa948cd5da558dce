// The calls of the desk that writes what people learn from, in one place.
import { api, unwrap, type Schemas } from '../../lib/api/client';
import { upload } from '../../lib/api/upload';

export type Module = Schemas['Module'];
export type Guide = Schemas['Guide'];
export type State = Module['state'];
type Lesson = Schemas['Lesson'];
type Page<T> = { items: T[]; next: string };

export type TypedStep = { title: string; body: string };
export type TypedQuestion = { text: string; options: string[]; right: number; why: string };

/** What a writer fills in. */
export type TypedModule = {
  agency_id: number;
  title: string;
  summary: string;
  competence: Lesson['competence'];
  theme: Lesson['theme'];
  minutes: string;
  pass: string;
  practice: string;
  steps: TypedStep[];
  quiz: TypedQuestion[];
};

export const writers = ['author', 'publisher', 'admin', 'trainer'];
export const competences = ['teknis', 'manajerial', 'sosial_kultural', 'digital'] as const;
export const themes = ['reputasi', 'city_branding', 'juknis', 'etika'] as const;

export function typedModule(of: Module | null): TypedModule {
  const lesson = of?.lesson;
  return {
    agency_id: of?.agency_id ?? 0,
    title: lesson?.title ?? '',
    summary: lesson?.summary ?? '',
    competence: lesson?.competence ?? 'digital',
    theme: lesson?.theme ?? 'reputasi',
    minutes: String(lesson?.minutes ?? 5),
    pass: String(lesson?.pass ?? 0),
    practice: lesson?.practice ?? '',
    steps: (lesson?.steps ?? []).map(({ title = '', body = '' }) => ({ title, body })),
    quiz: (lesson?.quiz ?? []).map(({ text, options, right, why = '' }) => ({
      text,
      options: [...options],
      right,
      why,
    })),
  };
}

const lessonOf = ({ minutes, pass, ...rest }: Omit<TypedModule, 'agency_id'>) => ({
  title: rest.title,
  summary: rest.summary,
  competence: rest.competence,
  theme: rest.theme,
  practice: rest.practice,
  steps: rest.steps,
  quiz: rest.quiz,
  minutes: Math.min(60, Math.max(1, Number(minutes) || 5)),
  pass: Number(pass),
});

const at = (id: number) => ({ params: { path: { id } } });
const page = (after: string) => ({ query: { limit: 25, ...(after && { after }) } });

export const listModules = (after: string, signal?: AbortSignal): Promise<Page<Module>> =>
  unwrap(api.GET('/api/v1/modules', { params: page(after), signal }));

export const getModule = (id: number): Promise<Module> =>
  unwrap(api.GET('/api/v1/modules/{id}', at(id)));

/** Saves a new draft, or on top of the version that the edit started from. */
export const saveModule = (of: Module | null, typed: TypedModule): Promise<Module> =>
  of
    ? unwrap(
        api.PUT('/api/v1/modules/{id}', {
          ...at(of.id),
          body: { ...lessonOf(typed), version: of.version },
        }),
      )
    : unwrap(
        api.POST('/api/v1/modules', {
          body: { ...lessonOf(typed), agency_id: typed.agency_id },
        }),
      );

export const publishModule = ({ id, version }: Module): Promise<Module> =>
  unwrap(api.POST('/api/v1/modules/{id}/publish', { ...at(id), body: { version } }));

export const archiveModule = ({ id, version }: Module): Promise<Module> =>
  unwrap(api.POST('/api/v1/modules/{id}/archive', { ...at(id), body: { version } }));

export type TypedGuide = {
  agency_id: number;
  title: string;
  theme: Guide['theme'];
  edition: string;
  valid_from: string;
  body: string;
};

export const typedGuide = (of: Guide | null): TypedGuide => ({
  agency_id: of?.agency_id ?? 0,
  title: of?.title ?? '',
  theme: of?.theme ?? 'juknis',
  edition: of?.edition ?? '',
  valid_from: of?.valid_from ?? '',
  body: of?.body ?? '',
});

const guideOf = ({ title, theme, edition, body, valid_from }: TypedGuide) => ({
  title,
  theme,
  edition,
  body,
  ...(valid_from && { valid_from }),
});

export const listGuides = (after: string, signal?: AbortSignal): Promise<Page<Guide>> =>
  unwrap(api.GET('/api/v1/guides', { params: page(after), signal }));

export const getGuide = (id: number): Promise<Guide> =>
  unwrap(api.GET('/api/v1/guides/{id}', at(id)));

export const saveGuide = (of: Guide | null, typed: TypedGuide): Promise<Guide> =>
  of
    ? unwrap(
        api.PUT('/api/v1/guides/{id}', {
          ...at(of.id),
          body: { ...guideOf(typed), version: of.version },
        }),
      )
    : unwrap(
        api.POST('/api/v1/guides', { body: { ...guideOf(typed), agency_id: typed.agency_id } }),
      );

export const publishGuide = ({ id, version }: Guide): Promise<Guide> =>
  unwrap(api.POST('/api/v1/guides/{id}/publish', { ...at(id), body: { version } }));

export const archiveGuide = ({ id, version }: Guide): Promise<Guide> =>
  unwrap(api.POST('/api/v1/guides/{id}/archive', { ...at(id), body: { version } }));

export const fileURL = (id: number) => `/api/v1/learn/guides/${id}/file`;
export const attachFile = (id: number, file: File, onprogress: (percent: number) => void) =>
  upload<Guide>(
    `/api/v1/guides/${id}/file?${new URLSearchParams({ name: file.name })}`,
    file,
    onprogress,
  );

export const detachFile = (id: number): Promise<Guide> =>
  unwrap(api.DELETE('/api/v1/guides/{id}/file', at(id)));
