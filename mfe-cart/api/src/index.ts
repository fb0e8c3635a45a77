export {
  AddLineSchema,
  CappedSchema,
  CartLineSchema,
  CartResultSchema,
  CartSchema,
  PictureSchema,
  SetQuantitySchema,
} from './cart.ts';
export type { AddLine, Capped, Cart, CartLine, CartResult, Picture, SetQuantity } from './cart.ts';
export {
  AuthenticationSchema,
  CardSchema,
  CheckoutSchema,
  countries,
  DeliverySchema,
  PayAgainSchema,
  PaymentFormSchema,
  PaymentTokenSchema,
} from './checkout.ts';
export type { Authentication, Card, Checkout, Delivery, PayAgain, PaymentForm, PaymentToken } from './checkout.ts';
export { OrderLineSchema, OrderListSchema, OrderPlacedSchema, OrderSchema, OrderStatusSchema } from './orders.ts';
export type { Order, OrderLine, OrderList, OrderPlaced, OrderStatus } from './orders.ts';
export type { CartProblem, CartProblemCode } from './problem.ts';
