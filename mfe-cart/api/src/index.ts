export {
  AddLineSchema,
  CartLineSchema,
  CartResultSchema,
  CartSchema,
  PictureSchema,
  SetQuantitySchema,
} from './cart.ts';
export type { AddLine, Cart, CartLine, CartResult, Picture, SetQuantity } from './cart.ts';
export {
  CardSchema,
  CheckoutSchema,
  countries,
  DeliverySchema,
  PayAgainSchema,
  PaymentTokenSchema,
} from './checkout.ts';
export type { Card, Checkout, Delivery, PayAgain, PaymentToken } from './checkout.ts';
export { OrderLineSchema, OrderListSchema, OrderPlacedSchema, OrderSchema, OrderStatusSchema } from './orders.ts';
export type { Order, OrderLine, OrderList, OrderPlaced, OrderStatus } from './orders.ts';
export type { CartProblem, CartProblemCode } from './problem.ts';
