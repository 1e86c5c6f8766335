package hallows.runtime;

/// Bytes on their way: one owner at a time, one release.
///
/// Who holds a region owns it. Handing it on (to a link, in a message) hands the ownership on. The
/// last owner releases it, wherever it is; the bytes go home by themselves.
public abstract sealed class Region extends Homing permits MemoryRegion, FileRegion {
    private final Home home;
    private final Lender lender;
    private boolean lent;

    Region(Home home, Lender lender) {
        this.home = home;
        this.lender = lender;
        this.lent = true;
    }

    /// How many bytes.
    public abstract long length();

    /// Keeps the first `bytes` of what it had room for.
    public abstract Region trim(long bytes);

    /// Gives the bytes back. A second release is a broken invariant.
    public final void release() {
        Check.that(lent, "a region is released once");
        lent = false;
        if (home.here()) {
            lender.returned(this);
        } else {
            home.welcome(this);
        }
    }

    /// Whether somebody still owns it.
    public final boolean isLent() {
        return lent;
    }

    /// For the lender: the same region goes out again.
    final void lendAgain() {
        Check.that(!lent, "a region has one owner");
        lent = true;
    }

    @Override
    protected final void arrived() {
        lender.returned(this);
    }
}
