/** The variable that holds the compiled mini program, between its script and the phone. */
export const BUNDLE_GLOBAL = 'miniprogramBundle';
