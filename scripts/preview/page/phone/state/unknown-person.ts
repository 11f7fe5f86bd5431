/** The grey picture that WeChat gives for everybody. */
export const UNKNOWN_AVATAR = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="#e7e7e7"/><g fill="#b8b8b8"><circle cx="48" cy="38" r="17"/><path d="M14 90c2-21 16-29 34-29s32 8 34 29z"/></g></svg>',
)}`;
