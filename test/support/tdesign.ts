/** A small mini program on tdesign-miniprogram, which nobody here wrote, in a temporary folder. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/project/root';
import { writeMiniprogram } from './miniprogram-folder';

const USED = [
  'button',
  'cell',
  'cell-group',
  'popup',
  'checkbox',
  'input',
  'dialog',
  'toast',
  'avatar',
];

const SWIPE_CELL =
  '<t-swipe-cell class="swipe" right="{{actions}}" bind:click="swiped"><t-cell title="Swipe"/></t-swipe-cell>';

const PAGE = `
<t-button t-class="open" theme="primary" size="large" block bind:tap="open">Open</t-button>
<t-cell-group title="Cells">
  <t-cell t-class="cell" title="One" note="note" hover bind:click="cell"/>
  <t-cell title="Two" description="what it is"/>
</t-cell-group>
<t-checkbox t-class="check" label="Agree" value="a" bind:change="check"/>
<form bindsubmit="send">
  <t-input t-class="field" name="who" label="Name" placeholder="Your name" value="{{who}}" bind:change="typed"/>
  <t-button t-class="send" type="submit">Send</t-button>
</form>
<t-avatar t-class="avatar">A</t-avatar>
<t-button t-class="ask" bind:tap="ask">Ask</t-button>
<t-button t-class="save" bind:tap="save">Save</t-button>
<view class="out">{{out}}</view>
<t-popup t-class="popup" visible="{{popup}}" placement="bottom" bind:visible-change="popupChanged">
  <view class="inside" style="height: 300rpx">In the popup</view>
</t-popup>
<t-dialog visible="{{dialog}}" title="Sure?" content="It is for good." confirm-btn="Yes" cancel-btn="No" bind:confirm="yes" bind:cancel="no"/>
<t-toast id="t-toast"/>`;

const SCRIPT = `import Toast from 'tdesign-miniprogram/toast/index';
Page({
  data: { popup: false, dialog: false, out: '', who: '', actions: [{ text: 'Delete', style: 'width: 80px; background: red' }] },
  open() { this.setData({ popup: true }) },
  popupChanged({ detail }) { this.setData({ popup: detail.visible, out: 'popup ' + detail.visible }) },
  cell() { this.setData({ out: 'cell' }) },
  check({ detail }) { this.setData({ out: 'checked ' + detail.checked }) },
  typed({ detail }) { this.setData({ who: detail.value }) },
  send({ detail }) { this.setData({ out: JSON.stringify(detail.value) }) },
  swiped({ detail }) { this.setData({ out: 'swiped ' + detail.text }) },
  ask() { this.setData({ dialog: true }) },
  yes() { this.setData({ dialog: false, out: 'yes' }) },
  no() { this.setData({ dialog: false, out: 'no' }) },
  save() { Toast({ context: this, selector: '#t-toast', message: 'Saved', theme: 'success', duration: 300 }) },
});`;

interface TDesignOptions {
  /** With TDesign's themes, of which it follows the phone's or not. */
  darkmode?: boolean;
  /** With a cell that is swiped, for which jsdom is no browser enough. */
  swipes?: boolean;
}

/**
 * @returns its folder; `removeMiniprograms` removes it
 */
export function writeTDesignMiniprogram({ darkmode, swipes = false }: TDesignOptions = {}): string {
  const used = swipes ? [...USED, 'swipe-cell'] : USED;
  const folder = writeMiniprogram({
    ...(darkmode !== undefined && {
      'app.wxss':
        "@import 'miniprogram_npm/tdesign-miniprogram/common/style/theme/_index.wxss'; page { background: var(--td-bg-color-page); }",
    }),
    'app.json': {
      pages: ['pages/home/index'],
      ...(darkmode !== undefined && { darkmode }),
      window: {
        navigationBarTitleText: 'TDesign',
        navigationBarBackgroundColor: '#ffffff',
        navigationBarTextStyle: 'black',
      },
    },
    'pages/home/index.json': {
      usingComponents: Object.fromEntries(
        used.map((name) => [`t-${name}`, `tdesign-miniprogram/${name}/${name}`]),
      ),
    },
    'pages/home/index.wxml': swipes ? `${SWIPE_CELL}${PAGE}` : PAGE,
    'pages/home/index.js': SCRIPT,
  });
  // As 构建 npm does: the folder that a package names, and beside it those of what it needs.
  const built = join(root, 'node_modules/tdesign-miniprogram/miniprogram_dist');
  cpSync(built, join(folder, 'miniprogram_npm/tdesign-miniprogram'), { recursive: true });
  cpSync(join(built, 'miniprogram_npm'), join(folder, 'miniprogram_npm'), { recursive: true });
  return folder;
}
