// The calls of learning, in one place.
import { api, unwrap, type Schemas } from '../../lib/api/client';
import { language } from '../../lib/i18n.svelte';

export type Card = Schemas['CourseCard'];
export type Course = Schemas['Course'];
export type Graded = Schemas['Graded'];
export type Certificate = Schemas['Certificate'];
export type GuideHit = Schemas['GuideHit'];
export type Theme = Card['theme'];

export const competences = ['teknis', 'manajerial', 'sosial_kultural', 'digital'] as const;
export const themes = ['reputasi', 'city_branding', 'juknis', 'etika'] as const;

export const lang = () => (language.locale.startsWith('en') ? 'en' : 'id');
const spoken = () => ({ query: { lang: lang() } as const });
const at = (id: number) => ({ params: { path: { id } } });

export const readShelf = (signal?: AbortSignal) =>
  unwrap(api.GET('/api/v1/learn', { params: spoken(), signal }));

export const readCourse = (id: number, signal?: AbortSignal): Promise<Course> =>
  unwrap(api.GET('/api/v1/learn/modules/{id}', { params: { path: { id }, ...spoken() }, signal }));

export const readBeforeSharing = (signal?: AbortSignal): Promise<Course> =>
  unwrap(api.GET('/api/v1/learn/before-sharing', { params: spoken(), signal }));

export const setStep = (id: number, step: number) =>
  unwrap(api.PUT('/api/v1/learn/modules/{id}/step', { ...at(id), body: { step } }));

export const practise = (id: number, text: string) =>
  unwrap(api.PUT('/api/v1/learn/modules/{id}/practice', { ...at(id), body: { text } }));

export type Answers = Pick<Schemas['Attempt'], 'version' | 'attempt' | 'answers'>;

export const answer = (id: number, body: Answers, key: string): Promise<Graded> =>
  unwrap(
    api.POST('/api/v1/learn/modules/{id}/answers', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );

export function searchGuides(words: string, after: string, signal?: AbortSignal) {
  const query = { limit: 10, ...(words && { q: words }), ...(after && { after }) };
  return unwrap(api.GET('/api/v1/learn/guides', { params: { query }, signal }));
}

export const readGuide = (id: number, signal?: AbortSignal) =>
  unwrap(api.GET('/api/v1/learn/guides/{id}', { ...at(id), signal }));

export const guideFile = (id: number) => `/api/v1/learn/guides/${id}/file`;

export const listCertificates = (after: string, signal?: AbortSignal) =>
  unwrap(
    api.GET('/api/v1/me/certificates', {
      params: { query: { limit: 25, ...(after && { after }) } },
      signal,
    }),
  );

export const certify = (of: { module_id: number } | { theme: Theme }): Promise<Certificate> =>
  unwrap(api.POST('/api/v1/me/certificates', { body: of }));

export const setPublic = (id: number, open: boolean): Promise<Certificate> =>
  unwrap(api.PUT('/api/v1/me/certificates/{id}/page', { ...at(id), body: { public: open } }));

export const paper = (id: number) => `/api/v1/me/certificates/${id}/paper`;
