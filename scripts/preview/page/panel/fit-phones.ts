const PHONE = { width: 395, height: 740 };
/** What stands above a phone and around it. */
const AROUND_HEIGHT = 124;
const PANEL_MIN_WIDTH = 430;
const GAPS_WIDTH = 96;
const SMALLEST = 0.6;

/**
 * Keeps `--phone-scale` such that both phones and the panel fit the window; never larger than life.
 */
export function fitPhones(root: HTMLElement): void {
  const fit = (): void => {
    const byHeight = (window.innerHeight - AROUND_HEIGHT) / PHONE.height;
    const byWidth = (window.innerWidth - PANEL_MIN_WIDTH - GAPS_WIDTH) / 2 / PHONE.width;
    const scale = Math.max(SMALLEST, Math.min(1, byHeight, byWidth));
    root.style.setProperty('--phone-scale', scale.toFixed(4));
  };
  fit();
  window.addEventListener('resize', fit);
}
