// The calls of the brand guide and of the linter, in one place.
import { api, unwrap, type Schemas } from '../../lib/api/client';
import { ApiError } from '../../lib/api/error';

type Known<T> = { [Key in keyof T as string extends Key ? never : Key]: T[Key] };
export type Guide = Known<Schemas['Effective']>;
export type Kit = Known<Schemas['Kit']>;
export type Banned = Known<Schemas['Banned']>;
export type Color = Known<Schemas['Color']>;
export type Keyword = Known<Schemas['Keyword']>;
export type Template = Known<Schemas['Template']>;
export type Logo = Known<Schemas['Logo']>;
export type Origin = Known<Schemas['Origin']>;
export type Finding = Known<Schemas['Finding']>;

/** What the linter looks at: the text as it was typed. */
export type LintText = {
  title: string;
  summary: string;
  body: string;
  captions: string[];
  hashtags: string[];
};

/** Whose text it is, whom it is for, and which links go with it: an election mode asks for all of them. */
export type About = {
  agency_id: number;
  targets: number[];
  landing_url: string;
  official_posts: { url: string }[];
};

export async function lint(about: About, text: LintText, signal?: AbortSignal): Promise<Finding[]> {
  const official_posts = about.official_posts.map(({ url }) => url);
  const body = { ...about, official_posts, ...text };
  return (await unwrap(api.POST('/api/v1/lint', { body, signal }))).findings;
}

export function getGuide(agency: number, signal?: AbortSignal): Promise<Guide> {
  return unwrap(
    api.GET('/api/v1/agencies/{id}/brand', { params: { path: { id: agency } }, signal }),
  );
}

/** Saves what a node says itself, on top of the version that was seen; another in between is a conflict. */
export function saveKit(agency: number, version: number, kit: Kit): Promise<Guide> {
  return unwrap(
    api.PUT('/api/v1/agencies/{id}/brand', {
      params: { path: { id: agency } },
      body: { version, kit },
    }),
  );
}

export const logoAddress = (agency: number, file: string) =>
  `/api/v1/agencies/${agency}/brand/logos/${encodeURIComponent(file)}`;

/** Sends a picture as it is; the answer names the file that a kit may then use. */
export async function uploadLogo(agency: number, file: Blob): Promise<string> {
  await unwrap(api.GET('/api/v1/me')); // renews the session: a body is sent once
  let response: Response;
  try {
    response = await fetch(`/api/v1/agencies/${agency}/brand/logos`, {
      method: 'POST',
      body: file,
      headers: { 'content-type': 'application/octet-stream' },
    });
  } catch (reason) {
    throw ApiError.from(reason);
  }
  const answer = await response.json().catch(() => undefined);
  if (!response.ok) throw ApiError.of(answer, response.status);
  return (answer as { file: string }).file;
}
