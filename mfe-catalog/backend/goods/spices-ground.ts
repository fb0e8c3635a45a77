import type { Colours, Drawing, SpiceShape } from './drawing/drawing.ts';
import { stockGoods } from './good.ts';

const heap = (shape: SpiceShape, ...colours: Colours): Drawing => ({ motif: 'spice', heap: 'cone', shape, colours });

/** Ground spices and blends. */
export const spicesGround = stockGoods('spices', [
  {
    slug: 'sweet-paprika',
    title: 'Sweet paprika',
    code: 'SPI-PAP',
    description:
      'Ground from the sweet red pepper of Beni Mellal, dried on flat roofs in September. The mill leaves it slightly oily, which is how you know it is fresh. It burns fast: take the pan off the heat before you add it.',
    details: ['Capsicum annuum, ground', 'Beni Mellal, Morocco', 'Best within 9 months', 'Keep dark and cool'],
    tags: ['ground', 'mild', 'red'],
    options: { Weight: { '50 g': 320, '100 g': 560, '250 g': 1190 } },
    stock: [60, 44, 20],
    alt: 'Smooth red cone of ground paprika',
    drawing: heap('powder', 'paprika'),
  },
  {
    slug: 'smoked-paprika',
    title: 'Oak-smoked paprika',
    code: 'SPI-SMOK',
    description:
      'Peppers smoked over oak for ten days and turned by hand each morning. Darker and drier than the sweet one, with a smell of campfire that gets into the cupboard. Half a teaspoon is plenty for a pot of lentils.',
    details: ['Capsicum annuum, smoked', 'Mild heat', 'No added smoke flavour'],
    tags: ['ground', 'smoked', 'red'],
    options: { Weight: { '50 g': 420, '100 g': 740 } },
    stock: [35, 12],
    alt: 'Dark brick red cone of smoked paprika',
    drawing: heap('powder', 'brick', 'paprika'),
  },
  {
    slug: 'turmeric-powder',
    title: 'Turmeric, ground',
    code: 'SPI-TURM',
    description:
      'Boiled, dried and ground rhizome with a curcumin content of about five per cent. Earthy and slightly bitter; more is not better. Stains wood, cloth and fingers, so measure over the sink.',
    details: ['Curcuma longa', 'Erode, India', 'Tested for lead chromate'],
    tags: ['ground', 'yellow'],
    options: { Weight: { '50 g': 290, '100 g': 490, '250 g': 990 } },
    stock: [48, 52, 16],
    alt: 'Golden yellow cone of turmeric powder',
    drawing: heap('powder', 'turmeric'),
  },
  {
    slug: 'ground-ginger',
    title: 'Ginger, ground',
    code: 'SPI-GING',
    description:
      'Dried ginger from smallholders, peeled by hand and ground without the fibres. Sharper than fresh ginger and not a replacement for it. It loses its bite in half a year; buy small.',
    details: ['Zingiber officinale', 'Peeled before drying', 'Best within 6 months'],
    tags: ['ground', 'warm'],
    options: { Weight: { '50 g': 340, '100 g': 590 } },
    stock: [41, 22],
    alt: 'Pale cone of ground ginger',
    drawing: heap('powder', 'ginger', 'sand'),
  },
  {
    slug: 'ground-cinnamon',
    title: 'Ceylon cinnamon, ground',
    code: 'SPI-CINP',
    description:
      'True cinnamon from thin inner bark, light brown and sweet without the sting of cassia. Ground in our shop on Mondays. Low in coumarin, which matters if you put it on porridge every day.',
    details: ['Cinnamomum verum', 'Galle, Sri Lanka', 'Coumarin below 0.02 %'],
    tags: ['ground', 'sweet'],
    options: { Weight: { '40 g': 450, '80 g': 820 } },
    stock: [26, 9],
    alt: 'Warm brown cone of ground cinnamon',
    drawing: heap('powder', 'cinnamon'),
  },
  {
    slug: 'sumac',
    title: 'Sumac',
    code: 'SPI-SUM',
    description:
      'The crushed skin of sumac berries, sour and a little salty, for onions, eggs and grilled meat. Some salt is added at the mill to keep it loose; the label says how much. A deep wine red that fades to brown when old.',
    details: ['Rhus coriaria, 6 % salt', 'Gaziantep, Turkey', 'Coarse grind'],
    tags: ['ground', 'sour', 'red'],
    options: { Weight: { '50 g': 380, '100 g': 660, '250 g': 1390 } },
    stock: [39, 25, 3],
    alt: 'Wine red coarse cone of sumac',
    drawing: heap('powder', 'sumac'),
  },
  {
    slug: 'ras-el-hanout',
    title: 'Ras el hanout',
    code: 'SPI-RAS',
    description:
      'The head of the shop: twenty-one spices, mixed after the recipe of one stall in Fez. Cardamom, mace and rose lead, with ash berry, grains of paradise and a little lavender behind. No salt, no flour, no colour.',
    details: ['21 spices, all listed on the jar', 'May contain traces of sesame', 'Mixed monthly'],
    tags: ['blend', 'ground', 'tagine'],
    options: { Grind: { Fine: 0, Coarse: 0 }, Weight: { '50 g': 590, '100 g': 1050 } },
    stock: [22, 10, 14, 2],
    alt: 'Brown-gold cone of ras el hanout flecked with petals',
    drawing: heap('chips', 'cumin', 'cinnamon', 'rose', 'cardamom'),
  },
  {
    slug: 'zaatar-blend',
    title: 'Zaatar with sesame',
    code: 'SPI-ZAA',
    description:
      'Wild thyme, toasted sesame, sumac and salt from the hills above Nablus. Stir it into olive oil and eat it with bread. The sesame is toasted and turns rancid in warmth, so keep the open jar in the fridge.',
    details: ['Thyme 45 %, sesame 30 %, sumac, salt', 'Contains sesame', 'Nablus'],
    tags: ['blend', 'sesame', 'herb'],
    options: { Weight: { '60 g': 490, '120 g': 890 } },
    stock: [31, 18],
    alt: 'Green cone of zaatar with pale sesame seeds',
    drawing: heap('chips', 'zaatar', 'mint', 'sesame', 'sumac'),
  },
  {
    slug: 'harissa-powder',
    title: 'Dry harissa',
    code: 'SPI-HAR',
    description:
      'Chilli, caraway, coriander and garlic, dried and ground together; loosen it with oil and warm water an hour before dinner. Hot, but with a taste of its own. The chillies differ from year to year and so does the heat; this lot is stronger than the last.',
    details: ['Chilli 62 %, no salt', 'Nabeul, Tunisia', 'About 25,000 Scoville'],
    tags: ['blend', 'hot', 'red'],
    options: { Weight: { '50 g': 450, '100 g': 790 } },
    stock: [17, 0],
    alt: 'Deep red cone of harissa with flecks of chilli',
    drawing: heap('chips', 'harissa', 'paprika', 'saffron', 'oxblood'),
  },
  {
    slug: 'ground-cumin',
    title: 'Cumin, ground',
    code: 'SPI-CUMP',
    description:
      'Alnif cumin from the edge of the Sahara, small-grained and strong. Grown without irrigation, so a dry year means a small crop. On a Moroccan table it stands beside the salt.',
    details: ['Cuminum cyminum', 'Alnif, Morocco', 'Ground to order'],
    tags: ['ground', 'earthy'],
    options: { Weight: { '50 g': 480, '100 g': 850 } },
    stock: [28, 13],
    alt: 'Olive-brown cone of ground cumin',
    drawing: heap('powder', 'cumin', 'olive'),
  },
  {
    slug: 'ground-fenugreek',
    title: 'Fenugreek, ground',
    code: 'SPI-FENU',
    description:
      'Bitter-sweet seed with a smell of maple and celery, roasted before grinding to take off the worst of the bitterness. Used in pastes around dried meat and in slow lentil stews. Go easily: a pinch too much and it is all you taste.',
    details: ['Trigonella foenum-graecum, roasted', 'Kayseri, Turkey', 'May contain mustard'],
    tags: ['ground', 'bitter'],
    options: { Weight: { '50 g': 300, '100 g': 520 } },
    stock: [19, 8],
    alt: 'Mustard yellow cone of ground fenugreek',
    drawing: heap('powder', 'fenugreek'),
  },
]);
