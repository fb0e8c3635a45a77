import type { Colour } from './palette.ts';

/** Tile patterns that can be laid. */
export type ZelligeShape =
  | 'star-cross'
  | 'rosette-8'
  | 'rosette-10'
  | 'rosette-12'
  | 'star-6'
  | 'square'
  | 'chequer'
  | 'brick'
  | 'herringbone'
  | 'hexagon'
  | 'scale'
  | 'lozenge'
  | 'zigzag'
  | 'ogee'
  | 'plus'
  | 'triangle';

/** Woven patterns. */
export type WeaveShape =
  'diamonds' | 'bands' | 'hooks' | 'elibelinde' | 'zigzag' | 'medallion' | 'stars' | 'niche' | 'chequer' | 'lattice';

/** Outlines of tea glasses. */
export type GlassShape = 'beldi' | 'tall' | 'waisted' | 'tumbler' | 'footed' | 'faceted';

/** Ornament painted on a glass. */
export type GlassDecor = 'plain' | 'arches' | 'lattice' | 'stars' | 'dots' | 'bands' | 'leaves';

/** Outlines of lanterns. */
export type LanternShape = 'globe' | 'hexagonal' | 'onion' | 'cylinder' | 'teardrop' | 'dome' | 'star';

/** Outlines of thrown pots. */
export type PotShape =
  | 'bottle'
  | 'amphora'
  | 'moon'
  | 'bowl'
  | 'cup'
  | 'plate'
  | 'tagine'
  | 'jar'
  | 'pitcher'
  | 'beaker'
  | 'tall'
  | 'pedestal';

/** Surface of a pot. */
export type PotDecor = 'plain' | 'drip' | 'bands' | 'zigzag' | 'scallops' | 'lattice' | 'dots' | 'star' | 'leaves';

/** What a heap is made of. */
export type SpiceShape =
  'powder' | 'seeds' | 'pods' | 'leaves' | 'buds' | 'sticks' | 'threads' | 'stars' | 'corns' | 'chips' | 'crystals';

/** Sewn things. */
export type ClothShape = 'cushion' | 'bolster' | 'folded' | 'pouf';

/** Metal vessels. */
export type MetalShape = 'tray' | 'oval-tray' | 'teapot' | 'mortar' | 'box' | 'cezve' | 'burner' | 'ewer';

/**
 * A picture as data: the motif, its outline, its surface and its colours.
 * The first colour is the one that a colour option replaces.
 */
export type Drawing =
  | { readonly motif: 'zellige'; readonly shape: ZelligeShape; readonly colours: Colours }
  | { readonly motif: 'kilim'; readonly shape: WeaveShape; readonly colours: Colours; readonly ratio: number }
  | { readonly motif: 'glass'; readonly shape: GlassShape; readonly decor: GlassDecor; readonly colours: Colours }
  | { readonly motif: 'lantern'; readonly shape: LanternShape; readonly colours: Colours }
  | { readonly motif: 'pot'; readonly shape: PotShape; readonly decor: PotDecor; readonly colours: Colours }
  | { readonly motif: 'spice'; readonly shape: SpiceShape; readonly heap: 'cone' | 'bowl'; readonly colours: Colours }
  | { readonly motif: 'cloth'; readonly shape: ClothShape; readonly weave: WeaveShape; readonly colours: Colours }
  | { readonly motif: 'metal'; readonly shape: MetalShape; readonly colours: Colours };

/** One to five colours, the leading one first. */
export type Colours = readonly [Colour, ...Colour[]];
