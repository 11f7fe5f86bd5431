/** `cloud.getOpenData`, and the interface of the same name: what CloudIDs stand for. */
import {
  SystemError,
  INVALID_CLOUD_ID,
  type OpenCall,
  type OpenInterface,
} from '../open-interface';

export const getOpenData: OpenInterface = {
  answer: (call) => ({
    data_list: cloudIdsOf(call).map((id) => ({ cloud_id: id, json: call.openDataOf(id) })),
  }),
};

/** @throws SystemError -601005 */
function cloudIdsOf({ args: { cloudid_list: list } }: OpenCall): string[] {
  if (!Array.isArray(list)) throw new SystemError(INVALID_CLOUD_ID);
  return list.map((id: unknown) => {
    if (typeof id !== 'string') throw new SystemError(INVALID_CLOUD_ID);
    return id;
  });
}
