/**
 * The SDK's transaction, which it types as `any`. Only operations on `doc(id)` are in the
 * transaction; `where` is not.
 */
export interface CloudTransaction {
  collection: (name: string) => {
    doc: (id: string) => {
      get: () => Promise<unknown>;
      set: (options: { data: object }) => Promise<unknown>;
      update: (options: { data: object }) => Promise<unknown>;
      remove: () => Promise<unknown>;
    };
  };
}
