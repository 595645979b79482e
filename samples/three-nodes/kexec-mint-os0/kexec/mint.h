#ifndef MINT_H
#define MINT_H

/* The OS node that is booted from this source tree. */
#define OSID 0

/* This node's share of the window 0x20000000-0x68000000, and all of its memory. */
static const unsigned long mint_memory_start = 0x20000000UL + OSID*0x18000000UL;
static const unsigned long mint_memory_size = 0x20000000;

/* Which piece of the low memory is this node's. */
static const unsigned mint_memory_region = OSID;

/* The memory this node recognizes; set in firmware_memmap.c. */
static unsigned long mint_region1_start, mint_region1_size;
static unsigned long mint_region2_start, mint_region2_size;
static unsigned long mint_region3_start, mint_region3_size;

#endif
