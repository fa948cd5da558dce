// A file on its way to the server, with how far it is.
import { api, unwrap } from './client';
import { ApiError } from './error';

/**
 * Sends a file as it is and gives the answer. The session is renewed first: an upload cannot be sent a second
 * time. `onprogress` is told whole percents.
 */
export async function upload<T>(
  path: string,
  file: File,
  onprogress: (percent: number) => void,
): Promise<T> {
  await unwrap(api.GET('/api/v1/me'));
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) =>
      onprogress(Math.floor((loaded / Math.max(total, 1)) * 100));
    request.onerror = () => reject(new ApiError({ code: 'offline' }));
    request.onload = () =>
      request.status === 201
        ? resolve(request.response as T)
        : reject(ApiError.of(request.response, request.status));
    request.send(file);
  });
}
