"""Results: strategies, frameworks with what they measure, proposals and support of regional offices."""
