import { z } from 'zod'; z.config({});
