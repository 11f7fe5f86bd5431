/** What the build fills in: `scripts/build/miniprogram.ts`. */
declare const process: { readonly env: { readonly SIGN_IN_METHODS?: string } };
