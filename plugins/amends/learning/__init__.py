"""What incidents teach: the evidence behind checklist items, controls that were known and failed, advice for a change, and which incidents are alike."""
