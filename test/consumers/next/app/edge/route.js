import { collect } from '../../collect.js';

export const runtime = 'edge';
export const dynamic = 'force-dynamic';
export const GET = async () => Response.json(await collect());
