/**
 * Meterbook as a running whole: its data folder, servers, secrets, and the services in one process
 * or in six.
 */
@NullMarked
package dev.meterbook.allinone.system;

import org.jspecify.annotations.NullMarked;
