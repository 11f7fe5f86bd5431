import { currentCopy } from '../../i18n/current';

const { legal } = currentCopy();

/** `/pages/legal/index?name=terms` or `?name=privacy` */
Component({
  data: { document: legal.terms },
  methods: {
    onLoad({ name }: { name?: string }) {
      const document = name === 'privacy' ? legal.privacy : legal.terms;
      this.setData({ document });
      void wx.setNavigationBarTitle({ title: document.title });
    },
  },
});
