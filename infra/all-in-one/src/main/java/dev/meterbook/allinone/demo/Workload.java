package dev.meterbook.allinone.demo;

import java.util.Iterator;

/** Calls to be played, the same ones each time: equal parameters give equal calls. */
interface Workload {

    /** What it is, for the summary. */
    String title();

    /** How many steps it has. */
    long size();

    /** The steps from the first on. */
    Iterator<Step> steps();
}
