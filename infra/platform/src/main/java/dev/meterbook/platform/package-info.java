/** What every service stands on; it knows no business word. See the packages below. */
@NullMarked
package dev.meterbook.platform;

import org.jspecify.annotations.NullMarked;
