import type { Language } from '../state/environment';

/** WeChat's own copy on a phone. */
export interface Copy {
  confirm: string;
  cancel: string;
  back: string;
  menu: string;
  close: string;
  reopen: string;
  offline: string;
  restart: string;
  dismiss: string;
  agree: string;
  refuse: string;
  privacyTitle: string;
  privacyQuestion: string;
  privacyContract: string;
  privacyContractText: string;
  useWechatAvatar: string;
  chooseFromAlbum: string;
  scanHint: string;
  phoneNumberTitle: string;
  wechatNumber: string;
  otherNumber: string;
  allow: string;
  doNotAllow: string;
}

export const COPY: Record<Language, Copy> = {
  zh_CN: {
    confirm: '确定',
    cancel: '取消',
    back: '返回',
    menu: '更多',
    close: '关闭小程序',
    reopen: '打开小程序',
    offline: '网络已断开',
    restart: '重新进入小程序',
    dismiss: '知道了',
    agree: '同意',
    refuse: '拒绝',
    privacyTitle: '用户隐私保护提示',
    privacyQuestion: '使用该功能前，请先阅读并同意小程序的用户隐私保护指引。',
    privacyContract: '《用户隐私保护指引》',
    privacyContractText: '在微信里，这里会打开你在小程序后台填写的用户隐私保护指引。',
    useWechatAvatar: '用微信头像',
    chooseFromAlbum: '从相册选择',
    scanHint: '将网页上的二维码显示在预览页中，即可自动扫描',
    phoneNumberTitle: '申请获取并验证你的手机号',
    wechatNumber: '微信绑定号码',
    otherNumber: '其他号码',
    allow: '允许',
    doNotAllow: '不允许',
  },
  en: {
    confirm: 'OK',
    cancel: 'Cancel',
    back: 'Back',
    menu: 'More',
    close: 'Close mini program',
    reopen: 'Open mini program',
    offline: 'No network',
    restart: 'Re-enter mini program',
    dismiss: 'Dismiss',
    agree: 'Agree',
    refuse: 'Refuse',
    privacyTitle: 'Your privacy',
    privacyQuestion: 'Please read and accept the privacy guide of this mini program first.',
    privacyContract: 'Privacy Guide',
    privacyContractText:
      'In WeChat this opens the privacy guide that you wrote in the console of your mini program.',
    useWechatAvatar: 'Use WeChat avatar',
    chooseFromAlbum: 'Choose from album',
    scanHint: 'Show the QR code on the web page of the preview, and it is scanned',
    phoneNumberTitle: 'Requests to get and verify your mobile number',
    wechatNumber: 'Linked to WeChat',
    otherNumber: 'Other number',
    allow: 'Allow',
    doNotAllow: 'Decline',
  },
};
