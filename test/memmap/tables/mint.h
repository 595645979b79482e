#ifndef MINT_H
#define MINT_H

/* This tree serves every OS node: build it with -DOSID=0, -DOSID=1 and so on. */
#ifndef OSID
#define OSID 0
#endif

/* This node's share of the window 0x20000000-0x68000000, and all of its memory. */
static const unsigned long mint_memory_start = 0x20000000 + OSID*0x18000000;
static const unsigned long mint_memory_size = 0x20000000;

/* Which piece of the low memory is this node's. */
static const unsigned mint_memory_region = OSID;

/* The memory this node recognizes; set in firmware_memmap.c. */
static unsigned long mint_region1_start, mint_region1_size;
static unsigned long mint_region2_start, mint_region2_size;
static unsigned long mint_region3_start, mint_region3_size;

#endif
