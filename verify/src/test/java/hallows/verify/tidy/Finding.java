package hallows.verify.tidy;

/// Something that is not tidy.
///
/// @param rule which rule says so
/// @param place the file, and after `#` the member where there is one
/// @param what what is wrong, with the measure
record Finding(String rule, String place, String what) {
    @Override
    public String toString() {
        return rule + " " + place + ": " + what;
    }
}
