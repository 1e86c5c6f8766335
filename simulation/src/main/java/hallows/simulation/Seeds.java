package hallows.simulation;

import hallows.runtime.Check;

import java.util.Properties;

/// Which seeds a property is tried on: `count` of them from `first` on.
record Seeds(long first, int count) {
    private static final int COUNT_USUAL = 200;
    private static final int COUNT_LONG = 10_000;

    Seeds {
        Check.that(count > 0, "a property is tried at least once", count);
    }

    /// What the command line asks for: `-Dhallows.seed=S` for one, `-Dhallows.seeds=N` for how
    /// many, `-Dhallows.long=true` for many.
    static Seeds asked() {
        return asked(System.getProperties());
    }

    static Seeds asked(Properties properties) {
        String only = properties.getProperty("hallows.seed");
        if (only != null) {
            return new Seeds(Long.parseLong(only), 1);
        }
        boolean many = Boolean.parseBoolean(properties.getProperty("hallows.long"));
        String count = properties.getProperty("hallows.seeds");
        return new Seeds(
                0, count != null ? Integer.parseInt(count) : many ? COUNT_LONG : COUNT_USUAL);
    }
}
