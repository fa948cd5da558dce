// The calls of directives, in one place.
import { api, unwrap, type Schemas } from '../../lib/api/client';
import { upload } from '../../lib/api/upload';

export type Directive = Schemas['Directive'];
export type Received = Schemas['Received'];
export type State = Directive['state'];
type Page<T> = { items: T[]; next: string };

/** What a writer fills in. */
export type Letter = {
  number: string;
  title: string;
  body: string;
  signer: string;
  signed_on: string;
  targets: number[];
  contents: number[];
};

export const letterOf = (of: Directive | null): Letter => ({
  number: of?.number ?? '',
  title: of?.title ?? '',
  body: of?.body ?? '',
  signer: of?.signer ?? '',
  signed_on: of?.signed_on ?? '',
  targets: of?.targets ?? [],
  contents: of?.contents ?? [],
});

const bodyOf = ({ signed_on, ...rest }: Letter) => (signed_on ? { ...rest, signed_on } : rest);

export function listDirectives(
  state: State | '',
  after: string,
  signal?: AbortSignal,
): Promise<Page<Directive>> {
  const query = { limit: 25, ...(state && { state }), ...(after && { after }) };
  return unwrap(api.GET('/api/v1/directives', { params: { query }, signal }));
}

const at = (id: number) => ({ params: { path: { id } } });

export const getDirective = (id: number, signal?: AbortSignal): Promise<Directive> =>
  unwrap(api.GET('/api/v1/directives/{id}', { ...at(id), signal }));

/** Saves a new draft, or on top of the version that the edit started from. */
export const saveDirective = (of: Directive | null, letter: Letter): Promise<Directive> =>
  of
    ? unwrap(
        api.PUT('/api/v1/directives/{id}', {
          ...at(of.id),
          body: { ...bodyOf(letter), version: of.version },
        }),
      )
    : unwrap(api.POST('/api/v1/directives', { body: bodyOf(letter) }));

export const issueDirective = ({ id, version }: Directive): Promise<Directive> =>
  unwrap(api.POST('/api/v1/directives/{id}/issue', { ...at(id), body: { version } }));

export const withdrawDirective = (id: number, reason: string): Promise<Directive> =>
  unwrap(api.POST('/api/v1/directives/{id}/withdraw', { ...at(id), body: { reason } }));

export const detachDirective = (id: number): Promise<Directive> =>
  unwrap(api.DELETE('/api/v1/directives/{id}/attachment', at(id)));

export const attachmentURL = (id: number) => `/api/v1/directives/${id}/attachment`;

export const attachDirective = (id: number, file: File, onprogress: (percent: number) => void) =>
  upload<Directive>(
    `${attachmentURL(id)}?${new URLSearchParams({ name: file.name })}`,
    file,
    onprogress,
  );

export const listMine = (after: string, signal?: AbortSignal) =>
  unwrap(
    api.GET('/api/v1/me/directives', {
      params: { query: { limit: 25, ...(after && { after }) } },
      signal,
    }),
  );

export const openMine = (id: number, signal?: AbortSignal): Promise<Received> =>
  unwrap(api.POST('/api/v1/me/directives/{id}/open', { ...at(id), signal }));
