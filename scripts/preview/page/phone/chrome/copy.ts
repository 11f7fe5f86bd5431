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
  done: string;
  send: string;
  share: string;
  forward: string;
  settings: string;
  noSettings: string;
  permissionTitle: string;
  /** By `scope.x`. */
  scopes: Readonly<Record<string, string>>;
  subscribeTitle: string;
  template: (id: string) => string;
  choosePicture: string;
  samplePicture: string;
  allSamples: string;
  picture: string;
  copied: string;
  call: string;
  chooseLocation: string;
  /** Name and address. */
  places: readonly [name: string, address: string][];
  opens: (what: string) => string;
  /** What a `<button open-type>` opens that the preview does not have. */
  openTypes: Readonly<Record<string, string>>;
  notDrawn: (tag: string) => string;
  unknownPerson: string;
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
    done: '完成',
    send: '发送',
    share: '发送给朋友',
    forward: '转发给朋友',
    settings: '设置',
    noSettings: '小程序还没有申请过任何权限',
    permissionTitle: '申请授权',
    scopes: {
      'scope.userInfo': '获取你的昵称、头像、地区及性别',
      'scope.userLocation': '获取你的位置信息',
      'scope.userFuzzyLocation': '获取你的模糊位置信息',
      'scope.userLocationBackground': '在后台使用你的位置信息',
      'scope.writePhotosAlbum': '保存图片或视频到你的相册',
      'scope.camera': '使用你的摄像头',
      'scope.record': '使用你的麦克风',
      'scope.bluetooth': '使用你的蓝牙',
      'scope.addPhoneContact': '添加到你的联系人',
      'scope.addPhoneCalendar': '添加到你的日历',
      'scope.address': '获取你的通讯地址',
      'scope.invoice': '获取你的发票',
      'scope.invoiceTitle': '获取你的发票抬头',
      'scope.werun': '获取你的微信运动步数',
    },
    subscribeTitle: '申请向你发送订阅消息',
    template: (id) => `消息模板 ${id}`,
    choosePicture: '选择图片',
    samplePicture: '示例图片',
    allSamples: '选择多张示例图片',
    picture: '图片',
    copied: '内容已复制',
    call: '呼叫',
    chooseLocation: '选择位置',
    places: [
      ['腾讯滨海大厦', '广东省深圳市南山区海天二路33号'],
      ['TIT创意园', '广东省广州市海珠区新港中路397号'],
    ],
    opens: (what) => `在微信里，这里会打开${what}。`,
    openTypes: { contact: '客服会话', feedback: '意见反馈', launchApp: '你的 App' },
    notDrawn: (tag) => `预览不显示 <${tag}>，请在微信开发者工具或真机上查看`,
    unknownPerson: '微信用户',
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
    done: 'Done',
    send: 'Send',
    share: 'Send to chat',
    forward: 'Forward',
    settings: 'Settings',
    noSettings: 'This mini program has not asked for anything yet',
    permissionTitle: 'Permission request',
    scopes: {
      'scope.userInfo': 'Get your name, photo, region and gender',
      'scope.userLocation': 'Get your location',
      'scope.userFuzzyLocation': 'Get your approximate location',
      'scope.userLocationBackground': 'Use your location in the background',
      'scope.writePhotosAlbum': 'Save pictures and videos to your album',
      'scope.camera': 'Use your camera',
      'scope.record': 'Use your microphone',
      'scope.bluetooth': 'Use your Bluetooth',
      'scope.addPhoneContact': 'Add to your contacts',
      'scope.addPhoneCalendar': 'Add to your calendar',
      'scope.address': 'Get your postal address',
      'scope.invoice': 'Get your invoices',
      'scope.invoiceTitle': 'Get your invoice title',
      'scope.werun': 'Get your steps in WeRun',
    },
    subscribeTitle: 'Requests to send you messages',
    template: (id) => `Message template ${id}`,
    choosePicture: 'Choose a picture',
    samplePicture: 'Sample picture',
    allSamples: 'Choose several samples',
    picture: 'Picture',
    copied: 'Copied',
    call: 'Call',
    chooseLocation: 'Choose a location',
    places: [
      ['Tencent Binhai Towers', '33 Haitian 2nd Road, Nanshan, Shenzhen, Guangdong'],
      ['TIT Creative Park', '397 Xingang Middle Road, Haizhu, Guangzhou, Guangdong'],
    ],
    opens: (what) => `In WeChat this opens ${what}.`,
    openTypes: {
      contact: 'a chat with customer service',
      feedback: 'the feedback page',
      launchApp: 'your app',
    },
    notDrawn: (tag) =>
      `The preview does not draw <${tag}>: see it in the WeChat developer tools or on a phone`,
    unknownPerson: '微信用户',
  },
};
