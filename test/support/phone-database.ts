/** The database of a mini program, as one person, on a local cloud. */
import { createDatabase, type Database, type Send } from '#local-cloud/wx-cloud';

/** Sends requests of a phone; without an openid it is nobody's. */
export function phoneSend(url: string, path: 'database' | 'storage', openid?: string): Send {
  return async (action, data) => {
    const response = await fetch(`${url}/${path}`, {
      method: 'POST',
      headers: openid === undefined ? {} : { 'x-wx-openid': openid },
      body: JSON.stringify({ action, ...data }),
    });
    return response.json();
  };
}

export function phoneDatabase(url: string, openid?: string): Database {
  return createDatabase({ send: phoneSend(url, 'database', openid), pollMs: 5 });
}
