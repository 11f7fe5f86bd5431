import { database, deleteFile } from 'wx-server-sdk';
import { cloudProfileStore } from './cloud-profile-store';
import { ownEnvironment } from './own-environment';

/** The profiles of the environment that the function runs in; `cloudEnvironment()` comes first. */
export function deployedProfileStore(): ReturnType<typeof cloudProfileStore> {
  return cloudProfileStore({ database: database(), deleteFile, environment: ownEnvironment() });
}
