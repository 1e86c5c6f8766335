package hallows.runtime;

/// A range of a file, to be sent without passing through memory where the link can do that.
public final class FileRegion extends Region {
    private Range range;

    /// A range that stays readable until it is released to `lender`.
    public FileRegion(Home home, Lender lender, Range range) {
        super(home, lender);
        this.range = range;
    }

    /// Which bytes.
    ///
    /// @param file of which file
    /// @param position where they begin
    /// @param length how many
    public record Range(DiskFile file, long position, long length) {}

    /// The file.
    public DiskFile file() {
        return range.file();
    }

    /// Where the range begins.
    public long position() {
        return range.position();
    }

    @Override
    public FileRegion trim(long bytes) {
        Check.that(0 <= bytes && bytes <= range.length(), "a region is trimmed to its room", bytes);
        range = new Range(range.file(), range.position(), bytes);
        return this;
    }

    @Override
    public long length() {
        return range.length();
    }
}
