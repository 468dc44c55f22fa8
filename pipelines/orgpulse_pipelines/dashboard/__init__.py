"""What leaders open: a static site, made from a publication and from nothing else.

``read`` takes what the pages say out of the publication, ``data_files`` writes the figures that readers
filter, ``pages`` lists the pages and fills the templates, ``site`` puts a whole site in place of the one
before. A page loads nothing from elsewhere, so a copy of the folder works without a network.
"""
