/** Of style sheets that a tool builds to WXSS, DevTools among them. */
export const STYLE_LANGUAGES = ['.less', '.scss', '.sass', '.styl'] as const;
