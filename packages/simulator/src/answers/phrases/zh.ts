import type { Phrases } from './phrases.ts';

export const zh: Phrases = {
  claude: {
    openings: ['好问题，我来说明一下。', '很乐意为您解答。'],
    noMatch: '我在帮助文章中没有找到相关内容，不想随意猜测。如果您愿意，我可以为您转接人工客服。',
    greeting: '您好！今天有什么可以帮您？',
    thanks: '不客气。如果还有问题，请随时告诉我。',
    person: '当然可以。我现在就把对话转给人工客服。',
  },
  gpt: {
    openings: ['好的，要点如下。', '没问题，简单总结一下。'],
    noMatch: '抱歉，我们的帮助文章没有提到这一点。您想改为与团队成员交谈吗？',
    greeting: '嗨！需要什么帮助？',
    thanks: '很高兴能帮上忙！还有别的问题吗？',
    person: '可以，我帮您联系团队成员。',
  },
  'open-model': {
    openings: ['帮助文章中的说明如下。', '根据我们的帮助文章：'],
    noMatch: '帮助文章里没有这个内容。我无法回答，但人工客服可以帮助您。',
    greeting: '欢迎。请输入您的问题。',
    thanks: '也谢谢您。祝您愉快。',
    person: '团队成员可以接手这个对话。',
  },
};
