/*
 * Laid before kexec's own calls: the load is refused, after kexec has said where it would put what it loads. Nothing
 * of the machine changes, and no privilege is needed.
 */
#include <errno.h>

long syscall(long number, ...);

long syscall(long number, ...)
{
	(void)number;
	errno = EPERM;
	return -1;
}
